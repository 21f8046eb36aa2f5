using System.Runtime.CompilerServices;
using ModelGen.CompilerServices;

namespace ModelGen.Tests.Models;

/// <summary>
/// Two inputs, numbers and tokens, and two outputs with a loss each, written by hand as the generator writes models.
/// The first output is scores[token] + numbers, which stand for probabilities of three classes; the second the numbers.
/// </summary>
internal sealed class TwoHeads
{
    public const int Classes = 3;
    public const int Vocabulary = 5;

    public TwoHeads(int seed = 0) => Parameters = new ParameterSet(Definition, seed);

    public static ModelDefinition Definition { get; } = Define(ignoredLabel: -1, classWeights: null);

    public ParameterSet Parameters { get; }

    public static ModelDefinition Define(int? ignoredLabel, float[]? classWeights) => new(
        "TwoHeads",
        [new InputDefinition("numbers", [Classes], 0), new InputDefinition("token", [], Vocabulary)],
        [new OutputDefinition("kind", [Classes], OutputKind.ClassProbabilities), new OutputDefinition("copy", [Classes], OutputKind.Value)],
        [
            new LossDefinition("labels", "loss_1", 0, [], Classes, ignoredLabel, classWeights, 1),
            new LossDefinition("targets", "loss_2", 1, [Classes], 0, null, null, 0.5f),
        ],
        [new ParameterDefinition("scores", [Vocabulary, Classes], 0, false, DefaultInitializer.UniformFanIn, 1, 1)],
        TrainedWords: 16,
        ParameterWords: 16,
        [],
        new Program(),
        new Program(),
        new Program());

    /// <summary>Losses: the sum of |1 − p[label]| over labels that take part, and of |copy − target|.</summary>
    private sealed class Program : CompiledProgram
    {
        public override ProgramLayout Layout { get; } = new(1, 0, 0, 32, 16, Groups: 2);

        public override void RunBlock(int phase, in BlockContext context)
        {
            for (var lane = 0; lane < Lanes.Count; lane++)
            {
                var token = Unsafe.Add(ref BlockContext.AsInts(ref context.Input(1)), lane);
                for (var c = 0; c < Classes; c++)
                {
                    var number = Unsafe.Add(ref context.Input(0), (c * Lanes.Count) + lane);
                    Unsafe.Add(ref context.Output(0), (c * Lanes.Count) + lane) = number + Unsafe.Add(ref context.Parameters, (token * Classes) + c);
                    Unsafe.Add(ref context.Output(1), (c * Lanes.Count) + lane) = number;
                }
            }
        }

        public override void FinishPhase(int phase, in PhaseContext context)
        {
            // The scales themselves, so that tests can see them.
            Unsafe.Add(ref context.Model, 3) = Unsafe.Add(ref context.Model, 1);
            Unsafe.Add(ref context.Model, 4) = Unsafe.Add(ref context.Model, 2);
        }
    }

    internal sealed class TwoHeadsTrainer(ModelDefinition definition, ParameterSet parameters, int batch)
        : Trainer(definition, parameters, new Sgd(0.1f), batch, threads: 1)
    {
        public float ComputeGradients(ReadOnlySpan<float> numbers, ReadOnlySpan<int> token, ReadOnlySpan<int> labels, ReadOnlySpan<float> targets)
        {
            using var turn = BeginStep(numbers.Length);
            Bind(numbers, token, labels, targets);
            return RunGradients();
        }

        public Evaluation Evaluate(ReadOnlySpan<float> numbers, ReadOnlySpan<int> token, ReadOnlySpan<int> labels, ReadOnlySpan<float> targets)
        {
            using var turn = BeginPass(numbers.Length);
            while (NextChunk())
            {
                Bind(numbers, token, labels, targets);
                RunEvaluation();
            }

            return EndEvaluation();
        }

        private void Bind(ReadOnlySpan<float> numbers, ReadOnlySpan<int> token, ReadOnlySpan<int> labels, ReadOnlySpan<float> targets)
        {
            BindInput(0, numbers);
            BindInput(1, token);
            BindLabels(0, labels);
            BindLabels(1, targets);
        }
    }

    internal sealed class TwoHeadsPredictor(TwoHeads model) : Predictor(Definition, model.Parameters)
    {
        public void Predict(ReadOnlySpan<float> numbers, ReadOnlySpan<int> token, Span<float> kind, Span<float> copy)
        {
            using var turn = BeginPrediction(numbers.Length);
            CheckOutput(0, kind);
            CheckOutput(1, copy);
            while (NextChunk())
            {
                BindInput(0, numbers);
                BindInput(1, token);
                RunPrediction();
                ReadOutput(0, kind);
                ReadOutput(1, copy);
            }
        }
    }
}
