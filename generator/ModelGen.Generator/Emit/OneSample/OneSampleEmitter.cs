using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Kernels;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Layers;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Planning.OneSample;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit.OneSample;

/// <summary>Emits the prediction of a single sample as a class: how its operands are prepared, and which kernels run on them.</summary>
internal sealed class OneSampleEmitter(SourceWriter writer, KernelLibrary kernels, OneSamplePlan plan, ParameterLayout layout)
{
    /// <summary>The name of the emitted class.</summary>
    public const string ClassName = "PredictOneProgram";

    private readonly List<Value> _inputs = [.. plan.Graph.Sources.Where(source => source.Source == Source.Input).OrderBy(source => source.Index)];
    private readonly List<Result> _predictions = [.. plan.Graph.Results.Where(result => result.Kind == ResultKind.Prediction).OrderBy(result => result.Index)];

    public void Emit()
    {
        writer.Line($"/// <summary>Prediction of a single sample{(plan.Streaming is null ? "" : ", one step of time after another")}: outputs in the lanes, weights packed once.</summary>");
        using (writer.Block($"internal sealed class {ClassName} : OneSampleProgram"))
        {
            writer.Line($"public override int PreparedWords => {Literal.Of(plan.PreparedWords)};");
            writer.Line();
            writer.Line($"public override int ScratchWords => {Literal.Of(plan.ScratchWords + plan.StateWords)};");
            writer.Line();
            var ownWords = plan is { IsDivided: true, Streaming: not null } ? VectorWidth.RoundUp(plan.ScratchWords + plan.StateWords) : plan.OwnWords;
            if (ownWords > 0)
            {
                writer.Line($"public override int OwnWords => {Literal.Of(ownWords)};");
                writer.Line();
            }

            if (plan.IsDivided)
            {
                writer.Line($"public override int SharedWords => {Literal.Of(Shared(int.MaxValue) + (HasShownSteps ? plan.Streaming!.Steps * ShownWords : 0))};");
                writer.Line();
            }

            if (plan.Streaming is { } streaming)
            {
                EmitStates();
                writer.Line();
                EmitPrepare();
                writer.Line();
                EmitSequence(streaming);
                writer.Line();
                if (plan.IsDivided)
                {
                    EmitDividedStep(streaming);
                    writer.Line();
                    EmitSharedSequence(streaming);
                }
                else
                {
                    EmitStreamStep(streaming);
                }
            }
            else
            {
                EmitPrepare();
                writer.Line();
                EmitRun();
            }
        }
    }

    private void EmitStates()
    {
        writer.Line($"public override int StateWords => {Literal.Of(plan.StateWords)};");
        writer.Line();
        var states = plan.States.Select(state => $"new({SurfaceText.Quote(state.Value.Name)}, {Literal.Of(state.Offset)}, {Literal.Of(state.Value.Shape.Count)})");
        writer.Line($"public override StateDefinition[] States {{ get; }} = [{string.Join(", ", states)}];");
    }

    private void EmitPrepare()
    {
        using (writer.Block("public override void Prepare(ref float parameters, ref float prepared)"))
        {
            foreach (var (contract, weights, offset) in plan.Weights)
            {
                writer.Line($"// {contract.Layer}: the weights, {Literal.Of(weights.Words)} words with padding.");
                writer.Line($"WeightPacking.{(contract.Role == ContractRole.Output ? "Pack" : "PackTransposed")}(ref {Parameter(contract.Inputs[1])}, ref {At("prepared", offset)}, {weights.Outputs}, {weights.PaddedOutputs}, {weights.Block}, {weights.Inputs}, {weights.OuterTaps}, {weights.InnerTaps}{(weights.Groups > 1 ? $", {weights.Groups}" : "")});");
            }

            foreach (var (contract, geometry, offset) in plan.Transformed)
            {
                writer.Line($"// {contract.Layer}: the weights at the points of Winograd's minimal filtering, {Literal.Of(geometry.WeightWords)} words with padding.");
                writer.Line(WinogradTransforms.Weights(geometry.Shape, Parameter(contract.Inputs[1]), At("prepared", offset), $"{geometry.WeightPointWords}, {geometry.TargetStride}"));
            }

            foreach (var (value, offset) in plan.Copies)
            {
                writer.Line($"MemoryMarshal.CreateSpan(ref {Parameter(value)}, {value.Shape.Count}).CopyTo(MemoryMarshal.CreateSpan(ref {At("prepared", offset)}, {value.Shape.Count}));");
            }

            foreach (var node in plan.ModelNodes)
            {
                ModelStepEmitter.Emit(writer, node, value => plan.IsPrepared(Storage.Root(value)) ? Reference(plan.Locate(value, ValueOrder.RowMajor)) : Parameter(value), isShared: false);
            }
        }
    }

    private void EmitRun()
    {
        var ends = Names().ToList();
        var parameters = string.Join(", ", Arguments());
        var own = At("scratch", plan.ScratchWords);
        if (plan.IsDivided)
        {
            using (writer.Block($"public static void Run(ref float prepared, ref float scratch, {parameters})"))
            {
                writer.Line($"Run(SampleParts.Whole, ref prepared, ref scratch, ref {own}, {string.Join(", ", ends.Select(end => "ref " + end))});");
            }

            writer.Line();
            using (writer.Block("public override void RunPart(in SampleParts context, ref float prepared, ref float scratch, ref float own, ref float shared)"))
            {
                writer.Line($"Run(context, ref prepared, ref scratch, ref own, {string.Join(", ", ends.Select((_, index) => "ref " + At("shared", Shared(index))))});");
            }

            writer.Line();
        }

        using (writer.Block(plan.IsDivided
            ? $"private static void Run(in SampleParts context, ref float prepared, ref float scratch, ref float own, {parameters})"
            : $"public static void Run(ref float prepared, ref float scratch, {parameters})"))
        {
            if (plan is { IsDivided: false, OwnWords: > 0 })
            {
                writer.Line($"ref var own = ref {own};");
            }

            ProgramEmitter.EmitInParts(writer, plan.IsDivided, plan.Steps, IsDivided, EmitStep);
            ProgramEmitter.EmitInParts(writer, plan.IsDivided, _predictions, _ => false, EmitResult);
        }
    }

    /// <summary>Where the inputs and outputs that threads share begin, one after another; the words of all for a number past the last.</summary>
    private int Shared(int index)
    {
        var counts = _inputs.Select(input => input.Shape.Count * (plan.Streaming?.Steps ?? 1))
            .Concat(_predictions.Select(result => result.Value.Shape.Count * (plan.Streaming is { } streaming && streaming.IsPerStep[result.Index] ? streaming.Steps : 1)));
        return counts.Take(index).Sum(VectorWidth.RoundUp);
    }

    /// <summary>Whether steps of a sequence show something, and not only its end.</summary>
    private bool HasShownSteps => plan.Streaming is { } streaming && _predictions.Any(result => streaming.IsPerStep[result.Index]);

    /// <summary>The words of what a step leaves to those that show what came of it.</summary>
    private int ShownWords => plan.Shown.Sum(part => VectorWidth.RoundUp(part.Words));

    private static bool IsDivided(OneSampleStep step) => step is OneSampleKernel { Kernel.IsShared: true } or OneSampleWinograd;

    private void EmitResult(Result result)
    {
        var root = Storage.Elements(result.Value);
        var order = plan.IsInRows(root) ? ValueOrder.RowMajor : ValueOrder.Lanes;
        var place = Reference(plan.Locate(root, order));
        var lanes = FeatureLayout.Of(root.Shape);
        writer.Line(
            lanes is { Channels: 1, Places: 1 } ? $"out{result.Index} = {place};"
            : order == ValueOrder.RowMajor ? $"MemoryMarshal.CreateSpan(ref {place}, {root.Shape.Count}).CopyTo(MemoryMarshal.CreateSpan(ref out{result.Index}, {root.Shape.Count}));"
            : $"FeatureLanes.ToChannelsFirst(ref {place}, {lanes.Channels}, {lanes.Places}, {FeatureStorage.Stride(root)}, ref out{result.Index});");
    }

    private void EmitSequence(Streaming streaming)
    {
        writer.Line("/// <summary>A whole sequence: its steps one after another, from a state of zero.</summary>");
        using (writer.Block($"public static void Run(ref float prepared, ref float scratch, {string.Join(", ", Arguments())})"))
        {
            writer.Line($"ref var state = ref {At("scratch", plan.ScratchWords)};");
            writer.Line($"MemoryMarshal.CreateSpan(ref state, {Literal.Of(plan.StateWords)}).Clear();");
            using (writer.Block($"for (var t = 0; t < {Literal.Of(streaming.Steps)}; t++)"))
            {
                writer.Line($"Step(ref prepared, ref scratch, ref state, {string.Join(", ", InputsOfStep().Concat(OutputsOfStep(streaming)))}{ShowsAtEnd(streaming)});");
            }
        }
    }

    private IEnumerable<string> InputsOfStep() => _inputs.Select(input => $"ref Unsafe.Add<{Type(input)}>(ref in{input.Index}, {OfStep(input.Shape)})");

    private IEnumerable<string> OutputsOfStep(Streaming streaming) => _predictions.Select(result => streaming.IsPerStep[result.Index]
        ? $"ref Unsafe.Add<float>(ref out{result.Index}, {OfStep(result.Value.Shape)})"
        : $"ref out{result.Index}");

    private string ShowsAtEnd(Streaming streaming) => plan.HasEnd ? $", shows: t == {Literal.Of(streaming.Steps - 1)}" : "";

    private static string OfStep(Shape shape) => new OffsetText().Add("t", shape.Count).ToString();

    private void EmitStreamStep(Streaming streaming)
    {
        writer.Line($"/// <summary>One step: from a state to the next{(plan.HasEnd ? "; what the steps so far amount to is computed where it is to be shown" : "")}.</summary>");
        using (writer.Block($"public static void Step(ref float prepared, ref float scratch, ref float state, {string.Join(", ", Arguments())}{(plan.HasEnd ? ", bool shows" : "")})"))
        {
            EmitRows(plan.Steps, _predictions);
            EmitSteps(plan.Steps.Take(plan.StepsAlways));
            EmitShown(streaming, []);
            EmitCopiedStates();
        }
    }

    /// <summary>A step in two parts: the one that the next step waits for, which threads divide among them, and the one that only shows what came of it.</summary>
    private void EmitDividedStep(Streaming streaming)
    {
        var shows = plan.HasEnd ? ", bool shows" : "";
        var ends = string.Join("", Names().Select(end => ", ref " + end));
        writer.Line($"/// <summary>One step: from a state to the next{(plan.HasEnd ? "; what the steps so far amount to is computed where it is to be shown" : "")}.</summary>");
        using (writer.Block($"public static void Step(ref float prepared, ref float scratch, ref float state, {string.Join(", ", Arguments())}{shows})"))
        {
            writer.Line($"Advance(SampleParts.Whole, ref prepared, ref scratch, ref state, {string.Join(", ", InputReferences())});");
            writer.Line($"Show(ref prepared, ref scratch, ref state{ends}{(plan.HasEnd ? ", shows" : "")});");
            EmitCopiedStates();
        }

        writer.Line();
        writer.Line("/// <summary>The part of a step that the next one waits for.</summary>");
        using (writer.Block($"private static void Advance(in SampleParts context, ref float prepared, ref float scratch, ref float state, {string.Join(", ", InputArguments())})"))
        {
            EmitRows(plan.Steps.Take(plan.StepsCarried), []);
            ProgramEmitter.EmitInParts(writer, true, plan.Steps.Take(plan.StepsCarried), IsDivided, EmitStep);
        }

        writer.Line();
        writer.Line("/// <summary>The part of a step that shows what came of it.</summary>");
        using (writer.Block($"private static void Show(ref float prepared, ref float scratch, ref float state, {string.Join(", ", Arguments())}{shows})"))
        {
            EmitRows(plan.Steps.Skip(plan.StepsCarried), _predictions);
            EmitShown(streaming, plan.Steps.Take(plan.StepsAlways).Skip(plan.StepsCarried));
        }
    }

    /// <summary>What threads share: a sequence, whose steps they take together and then show each some of, and a step that comes alone.</summary>
    private void EmitSharedSequence(Streaming streaming)
    {
        var ends = string.Join("", Names().Select(end => ", ref " + end));
        using (writer.Block("public override void RunPart(in SampleParts context, ref float prepared, ref float scratch, ref float own, ref float shared)"))
        {
            writer.Line($"ref var state = ref {At("scratch", plan.ScratchWords)};");
            EmitSharedEnds();
            using (writer.Block("if (context.IsFirst)"))
            {
                writer.Line($"MemoryMarshal.CreateSpan(ref state, {Literal.Of(plan.StateWords)}).Clear();");
            }

            writer.Line();
            writer.Line("context.Meet();");
            using (writer.Block($"for (var t = 0; t < {Literal.Of(streaming.Steps)}; t++)"))
            {
                writer.Line($"Advance(context, ref prepared, ref scratch, ref state, {string.Join(", ", InputsOfStep())});");
                if (HasShownSteps || plan.CopiedStates.Count > 0)
                {
                    using (writer.Block("if (context.IsFirst)"))
                    {
                        EmitKeeping("scratch", "state", isBack: false);
                        EmitCopiedStates();
                    }
                }

                if (plan.CopiedStates.Count > 0 || plan.WritesShownFirst)
                {
                    writer.Line();
                    writer.Line("context.Meet();");
                }
            }

            writer.Line();
            if (HasShownSteps)
            {
                writer.Line("context.Meet();");
                writer.Line($"ref var ownState = ref {At("own", plan.ScratchWords)};");
                using (writer.Block(SharedLoop.ForOwn("t", streaming.Steps)))
                {
                    EmitKeeping("own", "ownState", isBack: true);
                    writer.Line($"Show(ref prepared, ref own, ref ownState, {string.Join(", ", InputsOfStep().Concat(OutputsOfStep(streaming)))}{ShowsAtEnd(streaming)});");
                }
            }
            else
            {
                using (writer.Block("if (context.IsFirst)"))
                {
                    writer.Line($"Show(ref prepared, ref scratch, ref state{ends}{(plan.HasEnd ? ", shows: true" : "")});");
                }
            }
        }

        if (!plan.DividesStep)
        {
            return;
        }

        writer.Line();
        using (writer.Block("public override void StepPart(in SampleParts context, ref float prepared, ref float scratch, ref float state, ref float shared)"))
        {
            EmitSharedEnds();
            writer.Line($"Advance(context, ref prepared, ref scratch, ref state, {string.Join(", ", InputReferences())});");
            using (writer.Block("if (context.IsFirst)"))
            {
                writer.Line($"Show(ref prepared, ref scratch, ref state{ends}{(plan.HasEnd ? ", shows: true" : "")});");
                EmitCopiedStates();
            }
        }
    }

    /// <summary>Names for where the inputs and outputs that threads share lie.</summary>
    private void EmitSharedEnds()
    {
        foreach (var (input, index) in _inputs.Select((input, index) => (input, index)))
        {
            writer.Line(Type(input) == "int" ? $"ref var in{input.Index} = ref Unsafe.As<float, int>(ref {At("shared", Shared(index))});" : $"ref var in{input.Index} = ref {At("shared", Shared(index))};");
        }

        foreach (var (result, index) in _predictions.Select((result, index) => (result, index)))
        {
            writer.Line($"ref var out{result.Index} = ref {At("shared", Shared(_inputs.Count + index))};");
        }
    }

    /// <summary>Copies what a step leaves to be shown to where it is kept for the step of that time, or back.</summary>
    private void EmitKeeping(string scratch, string state, bool isBack)
    {
        if (!HasShownSteps)
        {
            return;
        }

        var kept = Shared(int.MaxValue);
        foreach (var (place, words) in plan.Shown)
        {
            var here = $"ref {At(place.Space == Space.Carry ? state : scratch, place.Offset)}";
            var there = $"ref Unsafe.Add<float>(ref shared, {new OffsetText().Add("t", ShownWords).Add(Literal.Of(kept), 1)})";
            var (from, to) = isBack ? (there, here) : (here, there);
            writer.Line($"MemoryMarshal.CreateSpan({from}, {Literal.Of(words)}).CopyTo(MemoryMarshal.CreateSpan({to}, {Literal.Of(words)}));");
            kept += VectorWidth.RoundUp(words);
        }
    }

    /// <summary>Where the rows of tables lie that tokens name, for those that some steps or results read.</summary>
    private void EmitRows(IEnumerable<OneSampleStep> steps, IEnumerable<Result> results)
    {
        var read = new HashSet<Value>(steps.SelectMany(step => step.Uses).Select(use => use.Value).Concat(results.Select(result => result.Value)).Select(value => FeatureStorage.Find(value, ValueOrder.Lanes).Root));
        foreach (var (gather, index) in plan.Rows.Select((gather, index) => (gather, index)).Where(row => read.Contains(row.gather.Output)))
        {
            writer.Line($"// {gather.Layer}: the row of {gather.Inputs[0].Name} {gather.Inputs[0].Shape} that the token names.");
            writer.Line($"ref var row{index} = ref Unsafe.Add<float>(ref {Reference(plan.Locate(gather.Inputs[0], ValueOrder.RowMajor))}, (nint)in{gather.Inputs[1].Index} * {Literal.Of(gather.Output.Shape.Count)});");
        }
    }

    /// <summary>The outputs of a step, and where they are to be shown those of the steps so far.</summary>
    private void EmitShown(Streaming streaming, IEnumerable<OneSampleStep> steps)
    {
        EmitSteps(steps);
        EmitResults(_predictions.Where(result => streaming.IsPerStep[result.Index]));
        using (plan.HasEnd ? writer.Block("if (shows)") : null)
        {
            EmitSteps(plan.Steps.Skip(plan.StepsAlways));
            EmitResults(_predictions.Where(result => !streaming.IsPerStep[result.Index]));
        }
    }

    private void EmitCopiedStates()
    {
        foreach (var result in plan.CopiedStates)
        {
            var words = Literal.Of(result.Value.Shape.Count);
            writer.Line($"MemoryMarshal.CreateSpan(ref {Reference(plan.Locate(result.Value, OneSamplePlan.StateOrder(result.Value)))}, {words}).CopyTo(MemoryMarshal.CreateSpan(ref {At("state", plan.States[result.Index].Offset)}, {words}));");
        }
    }

    private IEnumerable<string> InputReferences() => _inputs.Select(input => $"ref in{input.Index}");

    private IEnumerable<string> InputArguments() => _inputs.Select(input => $"ref {Type(input)} in{input.Index}");

    private IEnumerable<string> Arguments() => InputArguments().Concat(_predictions.Select(result => $"ref float out{result.Index}"));

    /// <summary>The names of the inputs and outputs.</summary>
    private IEnumerable<string> Names() => _inputs.Select(input => $"in{input.Index}").Concat(_predictions.Select(result => $"out{result.Index}"));

    private static string Type(Value input) => input.Element == Element.Int ? "int" : "float";

    private void EmitSteps(IEnumerable<OneSampleStep> steps)
    {
        foreach (var step in steps)
        {
            EmitStep(step);
        }
    }

    private void EmitResults(IEnumerable<Result> results)
    {
        foreach (var result in results)
        {
            EmitResult(result);
        }
    }

    private void EmitStep(OneSampleStep step)
    {
        switch (step)
        {
            case OneSampleKernel kernel:
                kernels.EmitCall(writer, kernel.Kernel, value => Reference(plan.Locate(kernel, value)));
                break;
            case OneSampleWinograd winograd:
                EmitWinograd(winograd);
                break;
            case ReorderStep reorder:
                var lanes = FeatureLayout.Of(reorder.Value.Shape);
                var (inLanes, inRows) = (Reference(plan.Locate(reorder.Value, ValueOrder.Lanes)), Reference(plan.Locate(reorder.Value, ValueOrder.RowMajor)));
                writer.Line(reorder.Target == ValueOrder.Lanes
                    ? $"FeatureLanes.FromChannelsFirst(ref {inRows}, {lanes.Channels}, {lanes.Places}, {FeatureStorage.Stride(reorder.Value)}, ref {inLanes});"
                    : $"FeatureLanes.ToChannelsFirst(ref {inLanes}, {lanes.Channels}, {lanes.Places}, {FeatureStorage.Stride(reorder.Value)}, ref {inRows});");
                break;
        }
    }

    private void EmitWinograd(OneSampleWinograd step)
    {
        var g = step.Geometry;
        var whole = g.Shape.TileRows / g.BandRows;
        using (writer.Block(plan.IsDivided
            ? SharedLoop.ForOwn("band", g.Bands)
            : $"for (var band = 0; band < {g.Bands}; band++)"))
        {
            writer.Line($"var row = band * {g.BandRows};");
            if (step.Rest.Count == 0)
            {
                EmitBand(step.Bands);
            }
            else
            {
                using (writer.Block($"if (band < {whole})"))
                {
                    EmitBand(step.Bands);
                }

                using (writer.Block("else"))
                {
                    EmitBand(step.Rest);
                }
            }
        }

        void EmitBand(IReadOnlyList<Kernel> band)
        {
            foreach (var kernel in band)
            {
                kernels.EmitCall(writer, kernel, value => ReferenceEquals(value, step.Work) ? "own" : Reference(plan.Locate(step, value)));
            }
        }
    }

    private static string Reference(Location location) => location.Space switch
    {
        Space.Model => At("prepared", location.Offset),
        Space.Carry => At("state", location.Offset),
        Space.Row => At($"row{location.Offset}", location.Within),
        Space.Input => At($"in{location.Offset}", location.Within),
        _ => At("scratch", location.Offset),
    };

    private string Parameter(Value value)
    {
        var (root, offset) = Storage.Find(value);
        return At("parameters", (root.Source == Source.Parameter ? layout.Parameters : layout.Statistics)[root.Index].Offset + offset);
    }

    private static string At(string reference, int offset) => offset == 0 ? reference : $"Unsafe.Add<float>(ref {reference}, {Literal.Of(offset)})";
}
