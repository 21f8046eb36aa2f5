using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ModelGen.CompilerServices;
using Xunit;

namespace ModelGen.Tests.Models;

public sealed class ProgramRunnerTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(16, 1)]
    [InlineData(17, 2)]
    [InlineData(100, 1)]
    [InlineData(100, 3)]
    [InlineData(160, 5)]
    public void BlocksItemsAndFinishComeInOrder(int samples, int threads)
    {
        var (program, model) = Run(samples, threads);
        var blocks = (samples + 15) / 16;
        var groups = Math.Min(4, blocks);
        for (var phase = 0; phase < 2; phase++)
        {
            var events = program.Events.Where(e => e.Phase == phase).ToArray();
            Assert.Equal(Enumerable.Range(0, blocks), events.Where(e => e.What == "block").Select(e => e.Index).Order());
            Assert.Equal([0, 1, 2], events.Where(e => e.What == "item").Select(e => e.Index).Order());
            Assert.All(events[..blocks], e => Assert.Equal("block", e.What));
            Assert.Equal("finish", events[^1].What);
            Assert.Equal((blocks, groups), (events[^1].Index, events[^1].Groups));
        }

        // Every sample was counted once in each phase, sums were clear at first and are kept from phase to phase.
        Assert.Equal(samples, model[0]);
        Assert.Equal(samples, model[8]);
        Assert.Equal(2 * samples, model[9]);
    }

    [Fact]
    public void SumsAreClearedBeforeEveryRun()
    {
        var (_, first) = Run(samples: 100, threads: 1);
        var (_, third) = Run(samples: 100, threads: 1, runs: 3);
        Assert.Equal(first, third);
    }

    [Fact]
    public void RandomKeysDifferBySeedStepAndPass()
    {
        var keys = from seed in Enumerable.Range(-2, 5)
                   from step in Enumerable.Range(0, 20)
                   from pass in Enumerable.Range(0, 20)
                   select RandomKey.Of(seed, step, pass);
        Assert.Equal(2000, keys.Distinct().Count());
    }

    [Fact]
    public void EveryInputAndOutputOfAPredictionFindsItsPlace()
    {
        const int samples = 150;
        var random = new SeededRandom(1);
        var numbers = Enumerable.Range(0, 3 * samples).Select(_ => random.NextSingle()).ToArray();
        var tokens = Enumerable.Range(0, samples).Select(_ => random.NextInt(TwoHeads.Vocabulary)).ToArray();
        var model = new TwoHeads(seed: 1);
        float[] kind = new float[3 * samples], copy = new float[3 * samples];
        new TwoHeads.TwoHeadsPredictor(model).Predict(numbers, tokens, kind, copy);

        Assert.Equal(numbers, copy);
        Assert.Equal(numbers.Select((number, i) => number + model.Parameters[0].Values[(tokens[i / 3] * 3) + (i % 3)]), kind);
    }

    private static (RecordingProgram Program, float[] Model) Run(int samples, int threads, int runs = 1)
    {
        var program = new RecordingProgram();
        var parameters = new ParameterSet(LinearRegression.Definition, seed: 0);
        var batch = new SampleBatch(LinearRegression.Definition, samples, hasLabels: true);
        var workers = new Workers(threads);
        var memory = new WorkMemory([program], samples, threads, gradientWords: 32);
        var runner = new ProgramRunner(program, parameters.Arena, batch, memory, workers, multiplyAdds: 1_000_000);
        batch.Begin(samples);
        Assert.True(batch.MoveNext());
        for (var run = 0; run < runs; run++)
        {
            runner.Run(randomKey: 0);
        }

        return (program, memory.Model.Span.ToArray());
    }

    private sealed record Event(int Phase, string What, int Index, int Groups);

    /// <summary>Two phases: each adds the masks of its blocks to the group's sums, and writes the total so far.</summary>
    private sealed class RecordingProgram : CompiledProgram
    {
        public ConcurrentQueue<Event> Events { get; } = new();

        public override ProgramLayout Layout { get; } = new(2, 16, 16, 16, 16, Groups: 4);

        public override int ItemCount(int phase, int workers) => 3;

        public override void RunBlock(int phase, in BlockContext context)
        {
            Events.Enqueue(new Event(phase, "block", context.Index, 0));
            for (var lane = 0; lane < Lanes.Count; lane++)
            {
                Unsafe.Add(ref context.Sums, lane) += Unsafe.Add(ref context.Mask, lane);
            }
        }

        public override void RunItem(int phase, int item, int workers, in PhaseContext context) => Events.Enqueue(new Event(phase, "item", item, 0));

        public override void FinishPhase(int phase, in PhaseContext context)
        {
            Events.Enqueue(new Event(phase, "finish", context.BlockCount, context.GroupCount));
            var sum = 0f;
            for (var group = 0; group < context.GroupCount; group++)
            {
                Lanes.SumInto(ref Unsafe.Add(ref context.Sums, group * 16), 1, ref sum);
            }

            Unsafe.Add(ref context.Model, 8 + phase) = sum;
        }
    }
}
