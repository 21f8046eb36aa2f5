using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using ModelGen.Generator.Emit;
using ModelGen.Generator.Emit.OneSample;
using ModelGen.Generator.Layers;
using ModelGen.Generator.Parsing;
using ModelGen.Generator.Passes;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Planning.OneSample;
using ModelGen.Generator.Primitives;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator;

/// <summary>A file of generated code: the name it is added under, and its text.</summary>
internal sealed record GeneratedFile(string HintName, string Text);

/// <summary>The generated files of one model.</summary>
internal sealed record GeneratedModel(string Name, EquatableArray<GeneratedFile> Files);

/// <summary>The recipe from a model's spec to its code: analyze → lower → differentiate → rewrite → fuse → schedule → plan → emit.</summary>
internal static class ModelCompiler
{
    /// <summary>What is rewritten before differentiation: fewer operations forward mean fewer backward.</summary>
    public static IReadOnlyList<Pass> ForwardPasses { get; } = [new PoolBeforeRelu(), new MultiplyTable(), new MergeIdenticalNodes(), new RemoveDeadNodes()];

    /// <summary>The backward pass, and what is rewritten once it stands.</summary>
    public static IReadOnlyList<Pass> TrainingPasses { get; } = [new Differentiate(), new JoinUnslices(), new FoldConstants(), new InlineBroadcasts(), new RemoveIdentities(), new MergeIdenticalNodes(), new RecomputeInLaterPhases(), new RemoveDeadNodes(), new SimplifyScans()];

    /// <summary>The files of a model; for a wrong one, members that throw, so that the only error is the analyzer's.</summary>
    public static IReadOnlyList<GeneratedFile> Compile(ModelSpec spec, CancellationToken cancellationToken)
    {
        var analysis = FrontEnd.Analyze(spec);
        if (!spec.IsExtensible)
        {
            return [];
        }

        if (analysis.Network is not { } network)
        {
            return [new GeneratedFile(spec.FullName + ".g.cs", SurfaceEmitter.EmitThrowing(spec, analysis.Signature))];
        }

        var layout = new ParameterLayout(network);
        var modes = network.Losses.Any() ? new[] { Mode.Predict, Mode.Evaluate, Mode.Train } : [Mode.Predict];
        Func<Contract, bool> usesWinograd = spec.UseWinograd ? WinogradRule.Suits : _ => false;
        var programs = new List<ModelProgram>();
        foreach (var mode in modes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            programs.Add(CompileProgram(network, mode, layout, usesWinograd));
        }

        cancellationToken.ThrowIfCancellationRequested();
        return [.. Emit(spec, analysis, network, layout, programs, PlanOneSample(network, usesWinograd))];
    }

    /// <summary>One program of a network, ready to be emitted.</summary>
    /// <param name="network">The network.</param>
    /// <param name="mode">What the program is for.</param>
    /// <param name="layout">Where its parameters lie.</param>
    /// <param name="usesWinograd">Which convolutions are computed by Winograd's minimal filtering.</param>
    public static ModelProgram CompileProgram(Network network, Mode mode, ParameterLayout layout, Func<Contract, bool> usesWinograd)
    {
        var graph = BuildGraph(network, mode);
        new GatherInSteps().Run(graph);
        new WriteInPlace().RunDeep(graph);
        new GiveStepsMemory().Run(graph);
        new AlternateCarries().Run(graph);
        var schedule = Schedule.Create(graph, Fuse.Run(graph), usesWinograd);
        return new ModelProgram(mode, graph, schedule, MemoryPlan.Create(graph, schedule, layout));
    }

    /// <summary>The prediction of a single sample: of a sequence step by step where the network streams; null where it has no program of its own.</summary>
    /// <param name="network">The network.</param>
    /// <param name="usesWinograd">Which convolutions are computed by Winograd's minimal filtering.</param>
    public static OneSamplePlan? PlanOneSample(Network network, Func<Contract, bool> usesWinograd) =>
        (Streaming.Of(network) is { } streaming ? OneSamplePlan.Create(BuildGraph(network, Mode.Stream), _ => false, streaming) : null)
        ?? (network.HasLengths ? null : OneSamplePlan.Create(BuildGraph(network, Mode.Predict), usesWinograd));

    /// <summary>The graph of a program after all passes.</summary>
    public static Graph.Graph BuildGraph(Network network, Mode mode)
    {
        var graph = Lower.Run(network, mode);
        foreach (var pass in mode == Mode.Train ? ForwardPasses.Concat(TrainingPasses) : ForwardPasses)
        {
            pass.RunDeep(graph);
        }

        return graph;
    }

    private static IEnumerable<GeneratedFile> Emit(ModelSpec spec, FrontEndResult analysis, Network network, ParameterLayout layout, IReadOnlyList<ModelProgram> programs, OneSamplePlan? single)
    {
        yield return new GeneratedFile(spec.FullName + ".g.cs", SurfaceEmitter.Emit(spec, analysis.Signature, network, programs, single));

        var kernels = new KernelLibrary();
        yield return new GeneratedFile(spec.FullName + ".Programs.g.cs", GeneratedSource.Write(spec, writer =>
        {
            DefinitionEmitter.Emit(writer, spec, network, layout, programs, single is not null);
            writer.Line();
            foreach (var program in programs)
            {
                new ProgramEmitter(writer, kernels, program).Emit();
                writer.Line();
            }

            if (single is not null)
            {
                new OneSampleEmitter(writer, kernels, single, layout).Emit();
                writer.Line();
            }

            kernels.EmitDispatch(writer);
        }));
        foreach (var width in VectorWidth.All)
        {
            yield return new GeneratedFile($"{spec.FullName}.Kernels{Literal.Of(width.Bits)}.g.cs", GeneratedSource.Write(spec, writer => kernels.EmitWidth(writer, width)));
        }
    }
}
