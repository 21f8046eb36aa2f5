using System.Reflection;
using System.Runtime.Intrinsics;
using Microsoft.CodeAnalysis;
using ModelGen.Generator;
using ModelGen.Generator.Emit;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Layers;
using ModelGen.Generator.Parsing;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Planning.OneSample;
using ModelGen.Generator.Primitives;

namespace ModelGen.Benchmarks;

/// <summary>One kernel of a model by itself, on memory of its own.</summary>
/// <param name="Model">The model.</param>
/// <param name="Program">The program that calls it.</param>
/// <param name="Layer">The layer of its anchor.</param>
/// <param name="Name">Its name in the generated code.</param>
/// <param name="MultiplyAdds">The multiply-adds of one run, as the direct form of the layer counts them.</param>
/// <param name="Run">Runs it a number of times.</param>
internal sealed record LabKernel(string Model, string Program, string Layer, string Name, long MultiplyAdds, Action<int> Run)
{
    /// <summary>The shortest time of a run, in seconds.</summary>
    public double Time(double seconds) => Clock.Best(Run, seconds);
}

/// <summary>
/// Compiles models at run time, as the generator does at build time, and takes their kernels apart: the vectors of this
/// processor only, eight blocks of 16 samples for what works on a whole batch.
/// </summary>
internal static class KernelLab
{
    private const int Lanes = VectorWidth.BlockLanes;
    private const int Blocks = 8;

    private static readonly VectorWidth s_width =
        Vector512.IsHardwareAccelerated ? VectorWidth.V512 : Vector256.IsHardwareAccelerated ? VectorWidth.V256 : VectorWidth.V128;

    /// <summary>The kernels of training, and of the prediction of one sample, of every model in some source.</summary>
    /// <param name="source">Model classes, in a namespace or not.</param>
    /// <param name="usesWinograd">Which convolutions are computed by Winograd's minimal filtering; by default those the rule chooses.</param>
    public static IReadOnlyList<LabKernel> Compile(string source, Func<Contract, bool>? usesWinograd = null)
    {
        var compilation = RunTimeCompilation.Create(source);
        var calls = new List<Call>();
        var library = new KernelLibrary();
        foreach (var model in RunTimeCompilation.Models(compilation))
        {
            calls.AddRange(Calls(model, library, usesWinograd));
        }

        var text = new SourceWriter();
        text.Lines(GeneratedSource.Header + "#nullable disable\nusing System;\nusing System.Runtime.CompilerServices;\nusing System.Runtime.InteropServices;\nusing System.Runtime.Intrinsics;\nusing ModelGen.CompilerServices;\n");
        library.EmitWidth(text, s_width);
        using (text.Block("public static class Calls"))
        {
            for (var i = 0; i < calls.Count; i++)
            {
                EmitCall(text, calls[i], i);
            }
        }

        var assembly = RunTimeCompilation.Load(RunTimeCompilation.Create(text.ToString()));
        var type = assembly.GetType("Calls")!;
        return [.. calls.Select((call, index) => Bind(call, type.GetMethod($"Call{index}")!))];
    }

    /// <summary>A kernel, and how it is called.</summary>
    private sealed record Call(string Model, string Program, string Layer, string Name, long MultiplyAdds, Kernel Kernel, int[] Words, string[] Extras, int Turns);

    private static IEnumerable<Call> Calls(INamedTypeSymbol model, KernelLibrary library, Func<Contract, bool>? usesWinograd)
    {
        var spec = ModelParser.Parse(model, default);
        var network = FrontEnd.Analyze(spec).Network ?? throw new InvalidOperationException($"{spec.Name} has an error.");
        var layout = new ParameterLayout(network);
        var train = ModelCompiler.CompileProgram(network, network.Losses.Any() ? Mode.Train : Mode.Predict, layout, usesWinograd ?? (spec.UseWinograd ? WinogradRule.Suits : _ => false));
        foreach (var step in train.Schedule.Phases.SelectMany(phase => phase.Blocks))
        {
            if (step is KernelStep kernel)
            {
                yield return Create("train", kernel.Region.Anchor, kernel.Kernel, Lanes, [], 1);
            }
            else if (step is WinogradStep winograd)
            {
                foreach (var part in winograd.Kernels)
                {
                    // The products are what the direct form would multiply; the transforms around them multiply nothing of it.
                    yield return Create("train", winograd.Region.Anchor, part, part == winograd.Kernels[1] ? Lanes : 0, [.. part.Extras.Select(extra => extra.Name == "row" ? $"turn / {winograd.Geometry.Turns}" : $"turn % {winograd.Geometry.Turns} * {winograd.Geometry.TilesAtOnce}")], winograd.Geometry.TileRows * winograd.Geometry.Turns);
                }
            }
            else if (step is WinogradGradientStep { Geometry: var g } gradient)
            {
                var tile = $"turn % {g.Turns} * {g.TilesAtOnce}";
                foreach (var part in gradient.Kernels)
                {
                    yield return Create("train", gradient.Region.Anchor, part, part == gradient.Kernels[^1] ? Lanes : 0, [.. part.Extras.Select(Argument)], g.TileRows * g.Turns);
                }

                yield return Create("train", gradient.Region.Anchor, gradient.Taps, 0, [], 1);

                string Argument((string Type, string Name) extra) => extra.Name switch
                {
                    "row" => $"turn / {g.Turns}",
                    "tile" => tile,
                    _ => $"Math.Min({g.TilesAtOnce}, {g.TileColumns} - ({tile}))",
                };
            }
        }

        foreach (var item in train.Schedule.Phases.SelectMany(phase => phase.Items))
        {
            var contract = (Contract)item.Kernel.Operands[2].Value.Producer!;
            var call = Create("train", contract, item.Kernel, Lanes * Blocks, [$"{Blocks}", $"{train.Memory.BlockWords}", "0", $"{item.Outputs}"], 1);
            yield return call with { Words = [.. call.Words.Select(words => Math.Max(words, train.Memory.BlockWords * Blocks))] };
        }

        if (OneSamplePlan.Create(ModelCompiler.BuildGraph(network, Mode.Predict), spec.UseWinograd ? WinogradRule.Suits : _ => false) is { } single)
        {
            foreach (var step in single.Steps.OfType<OneSampleKernel>())
            {
                yield return Create("one sample", step.Region.Anchor, step.Kernel, 1, [], 1);
            }

            foreach (var step in single.Steps.OfType<OneSampleWinograd>())
            {
                // A whole band in every turn; the last, which may have fewer rows, counts as one.
                foreach (var part in step.Bands)
                {
                    yield return Create("one sample", step.Region.Anchor, part, part == step.Bands[1] ? 1 : 0, [.. part.Extras.Select(_ => "0")], step.Geometry.Bands);
                }
            }
        }

        Call Create(string program, Node anchor, Kernel kernel, int samples, string[] extras, int turns) => new(
            spec.Name, program, anchor.Layer, library.NameOf(kernel), anchor is Contract contract ? contract.Geometry.MultiplyAdds * samples : 0, kernel,
            [.. kernel.Operands.Select(operand => operand.Value.Shape.Count * Lanes)],
            kernel.DrawsRandomNumbers ? ["1u", "0u", .. extras] : extras, turns);
    }

    private static void EmitCall(SourceWriter text, Call call, int index)
    {
        text.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization)]");
        using (text.Block($"public static void Call{index}(float[][] memory, int[] start, int times)"))
        using (text.Block("for (var time = 0; time < times; time++)"))
        using (text.Block($"for (var turn = 0; turn < {call.Turns}; turn++)"))
        {
            var arguments = string.Join(", ", call.Kernel.Operands.Select((_, operand) => $"ref memory[{operand}][start[{operand}]]").Concat(call.Extras).Concat(call.Kernel.IsShared ? ["0", "1"] : []));
            var parts = call.Kernel.Parts(s_width).Count;
            for (var part = 0; part < parts; part++)
            {
                text.Line($"Kernels{s_width.Bits}.{KernelLibrary.PartName(call.Name, part, parts)}({arguments});");
            }
        }
    }

    private static LabKernel Bind(Call call, MethodInfo method)
    {
        var run = method.CreateDelegate<Action<float[][], int[], int>>();

        // As much again as a value takes: vectors at the end of a row may read on, and weights are padded.
        var memory = new Lazy<(float[][] Words, int[] Start)>(() =>
        {
            var random = new SeededRandom(1);
            var words = call.Words.Select(count => Aligned(random, (2 * count) + 4096)).ToArray();
            return ([.. words.Select(item => item.Words)], [.. words.Select(item => item.Start)]);
        });
        return new(call.Model, call.Program, call.Layer, call.Name, call.MultiplyAdds, times => run(memory.Value.Words, memory.Value.Start, times));
    }

    private static unsafe (float[] Words, int Start) Aligned(SeededRandom random, int count)
    {
        var words = GC.AllocateArray<float>(count + Lanes, pinned: true);
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = (float)random.NextGaussian();
        }

        fixed (float* first = words)
        {
            return (words, (int)((64 - ((nuint)first % 64)) % 64 / sizeof(float)));
        }
    }
}
