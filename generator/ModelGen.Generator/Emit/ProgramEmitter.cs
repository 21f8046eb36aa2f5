using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit.Kernels;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Emit;

/// <summary>Emits one program of a model as a nested class: which kernels run in which order on which memory.</summary>
internal sealed class ProgramEmitter(SourceWriter writer, KernelLibrary kernels, ModelProgram program)
{
    private const int Lanes = VectorWidth.BlockLanes;

    /// <summary>The most groups of blocks: enough for sixteen cores.</summary>
    private const int MostGroups = 16;

    /// <summary>The bytes the sums of all groups may take; a network with more convolution weights has fewer groups.</summary>
    private const int GroupBytes = 8 << 20;

    /// <summary>The fewest groups: a network of any size is shared by this many threads.</summary>
    private const int FewestGroups = 4;

    /// <summary>The sums over lanes that several threads share.</summary>
    private const int LeastSharedSums = 1_000;

    private MemoryPlan Plan => program.Memory;

    public void Emit()
    {
        var what = program.Mode switch
        {
            Layers.Mode.Train => "Training: forward pass, losses, gradients.",
            Layers.Mode.Evaluate => "Evaluation: predictions and losses.",
            _ => "Prediction.",
        };
        writer.Line($"/// <summary>{what}</summary>");
        writer.Line("/// <remarks>");
        EmitMemoryTable();
        writer.Line("/// </remarks>");
        using (writer.Block($"internal sealed class {program.Mode}Program : CompiledProgram"))
        {
            var groups = Math.Max(FewestGroups, Math.Min(MostGroups, GroupBytes / 4 / Math.Max(1, Plan.SumWords)));
            writer.Line($"public override ProgramLayout Layout {{ get; }} = new(Phases: {program.Schedule.Phases.Count}, ScratchWords: {Plan.ScratchWords}, BlockWords: {Plan.BlockWords}, SumWords: {Plan.SumWords}, ModelWords: {Plan.ModelWords}, Groups: {groups}{(program.Schedule.IsDivided ? ", IsDivided: true" : "")}{(program.Schedule.SharesModel ? ", SharesModel: true" : "")}, UnsharedWords: {Plan.UnsharedWords});");
            EmitPrepare();
            EmitDispatch("RunBlock", "int phase, in BlockContext context", "in context", phase => phase.Blocks.Count > 0 || IsLast(phase), "Block");
            EmitItemDispatch();
            EmitDispatch("FinishPhase", "int phase, in PhaseContext context", "in context", HasFinish, "Finish");
            for (var i = 0; i < program.Schedule.Phases.Count; i++)
            {
                EmitBlock(i);
                EmitItems(i);
                EmitFinish(i);
            }
        }
    }

    private bool HasFinish(PhasePlan phase) => phase.Finish.Count > 0 || IsLast(phase);

    private bool IsLast(PhasePlan phase) => ReferenceEquals(phase, program.Schedule.Phases[program.Schedule.Phases.Count - 1]) && Plan.Copies.Count > 0;

    /// <summary>The memory plan, as a table in the class's documentation.</summary>
    private void EmitMemoryTable()
    {
        var shared = Plan.ScratchWords + Plan.BlockWords;
        writer.Line($"/// Memory of a block of {Lanes} samples: {Bytes(Plan.ScratchWords)} of scratch, {Bytes(Plan.BlockWords)} that outlive the block;");
        writer.Line($"/// {(shared == 0 ? "nothing is kept" : $"{Literal.Of(100 * (long)shared / Math.Max(1, Plan.UnsharedWords))} % of what it would be if nothing shared a place")}.");
        if (Plan.Table.Count == 0)
        {
            return;
        }

        writer.Line("/// <code>");
        writer.Line("/// memory      first word      words   life         value");
        foreach (var (space, offset, tenant) in Plan.Table.OrderBy(row => row.Space).ThenBy(row => row.Offset).ThenBy(row => row.Tenant.First))
        {
            writer.Line($"/// {space,-9} {Literal.Of(offset),12} {Literal.Of(tenant.Words),10}   {(space == Space.Block ? "phase " : "step ") + Literal.Of(tenant.First) + "-" + Literal.Of(tenant.Last),-12} {SurfaceText.Escape(tenant.Name)}");
        }

        writer.Line("/// </code>");
    }

    private static string Bytes(int words) => $"{Literal.Of(words * 4L)} bytes";

    private void EmitPrepare()
    {
        if (program.Schedule.Prepare.Count == 0)
        {
            return;
        }

        writer.Line();
        using (writer.Block("public override void Prepare(in PhaseContext context)"))
        {
            EmitModelSteps([.. program.Schedule.Prepare.OrderBy(step => step is not WinogradWeightsStep)]);
        }
    }

    private void EmitDispatch(string method, string parameters, string arguments, Func<PhasePlan, bool> has, string stem)
    {
        var phases = program.Schedule.Phases.Select((phase, index) => (phase, index)).Where(item => has(item.phase)).ToList();
        if (phases.Count == 0 && method != "RunBlock")
        {
            return;
        }

        writer.Line();
        using (writer.Block($"public override void {method}({parameters})"))
        {
            if (phases.Count == 0)
            {
                return;
            }

            using (writer.Block("switch (phase)"))
            {
                foreach (var (_, index) in phases)
                {
                    writer.Line($"case {index}:");
                    writer.Line($"    {stem}{index}({arguments});");
                    writer.Line("    break;");
                }
            }
        }
    }

    private void EmitItemDispatch()
    {
        if (program.Schedule.Phases.All(phase => phase.Items.Count == 0))
        {
            return;
        }

        writer.Line();
        var counts = string.Join(", ", program.Schedule.Phases.Select((phase, index) => (index, phase.Items)).Where(phase => phase.Items.Count > 0).Select(phase => $"{phase.index} => {string.Join(" + ", phase.Items.Select(Pieces))}"));
        writer.Line($"public override int ItemCount(int phase, int workers) => phase switch {{ {counts}, _ => 0 }};");
        writer.Line();
        using (writer.Block("public override void RunItem(int phase, int item, int workers, in PhaseContext context)"))
        {
            using (writer.Block("switch (phase)"))
            {
                foreach (var index in Enumerable.Range(0, program.Schedule.Phases.Count).Where(index => program.Schedule.Phases[index].Items.Count > 0))
                {
                    writer.Line($"case {index}:");
                    writer.Line($"    Item{index}(item, workers, in context);");
                    writer.Line("    break;");
                }
            }
        }
    }

    private void EmitBlock(int index)
    {
        var phase = program.Schedule.Phases[index];
        if (phase.Blocks.Count == 0 && !IsLast(phase))
        {
            return;
        }

        writer.Line();
        var layers = phase.Blocks.OfType<KernelStep>().Select(step => step.Region.Anchor.Layer).ToList();
        var span = layers.Count == 0 ? "" : $": from {layers[0]} to {layers[layers.Count - 1]}";
        writer.Line($"/// <summary>One block of samples, depth first{span}.</summary>");
        using (writer.Block($"private static void Block{index}(in BlockContext context)"))
        {
            EmitInParts(writer, program.Schedule.IsDivided, phase.Blocks, IsDivided, EmitStep);
            EmitInParts(
                writer,
                program.Schedule.IsDivided,
                Plan.Copies.Where(copy => copy.Phase == index && copy.Step.Target.Space == Space.Output).Select(copy => copy.Step),
                _ => false,
                copy =>
                {
                    var words = copy.Value.Shape.Count * Lanes;
                    writer.Line($"MemoryMarshal.CreateSpan(ref {Reference(Plan[copy.Value])}, {words}).CopyTo(MemoryMarshal.CreateSpan(ref {Reference(copy.Target)}, {words}));");
                });
        }
    }

    /// <summary>The place of a value, or none.</summary>
    private string Optional(Value? value) => value is null ? "Unsafe.NullRef<float>()" : Reference(Plan[value]);

    /// <summary>
    /// The steps of a block, or of a single sample. Where several threads may share one, each does its part of what is divided, the first all the
    /// rest, and they meet before what depends on it.
    /// </summary>
    public static void EmitInParts<T>(SourceWriter writer, bool hasParts, IEnumerable<T> steps, Func<T, bool> isDivided, Action<T> emit)
    {
        if (!hasParts)
        {
            foreach (var step in steps)
            {
                emit(step);
            }

            return;
        }

        var alone = new List<T>();
        foreach (var step in steps)
        {
            if (!isDivided(step))
            {
                alone.Add(step);
                continue;
            }

            Flush();
            emit(step);
            writer.Line("context.Meet();");
        }

        Flush();

        void Flush()
        {
            if (alone.Count == 0)
            {
                return;
            }

            using (writer.Block("if (context.IsFirst)"))
            {
                foreach (var step in alone)
                {
                    emit(step);
                }
            }

            writer.Line();
            writer.Line("context.Meet();");
            alone.Clear();
        }
    }

    /// <summary>Whether a step does its part of the work for each thread that shares the block; sums of lanes do only where something else is shared.</summary>
    private static bool IsDivided(Step step) => Schedule.IsShared(step) || step is SumLanesStep { Value.Shape.Count: >= LeastSharedSums };

    private void EmitStep(Step step)
    {
        switch (step)
        {
            case KernelStep kernel:
                EmitCall(kernel.Region, kernel.Kernel);
                break;
            case ScanStep scan:
                EmitScan(scan);
                break;
            case GatherStep { Gather: var gather }:
                writer.Line($"// {gather.Layer}: rows of {gather.Inputs[0].Name} {gather.Inputs[0].Shape}.");
                writer.Line($"TableRows.Gather(ref {Reference(Plan[gather.Inputs[0]])}, {gather.Inputs[0].Shape.Count / gather.Inputs[0].Shape[0]}, ref {Reference(Plan[gather.Inputs[1]])}, {gather.Inputs[1].Shape.Count}, ref {Reference(Plan[gather.Output])});");
                break;
            case ScatterStep { Scatter: var scatter } scattering:
                var (rows, tokens, row) = (Plan[scatter.Inputs[0]], Plan[scatter.Inputs[1]], scatter.Output.Shape.Count / scatter.Output.Shape[0]);
                writer.Line($"// {scatter.Layer}: gradients of the rows of a table {scatter.Output.Shape}.");
                writer.Line(scattering.IsInScan
                    ? $"TableRows.Scatter(ref {Reference(rows with { Step = row * Lanes })}, {row}, ref {Reference(tokens with { Step = Lanes })}, 1, ref {Reference(Plan.Sum(scatter.Output))});"
                    : $"TableRows.Scatter(ref {Reference(rows)}, {row}, ref {Reference(tokens)}, {scatter.Inputs[1].Shape.Count}, ref {Reference(Plan.Sum(scatter.Output))});");
                break;
            case CtcStep { Ctc: var ctc, Work: var work }:
                writer.Line($"// {ctc.Layer}: {ctc.Details}.");
                writer.Line($"CtcLoss.Run(ref {Reference(Plan[ctc.Inputs[0]])}, ref {Reference(Plan[ctc.Inputs[1]])}, ref {Optional(ctc.Lengths)}, {ctc.Steps}, {ctc.Classes}, {ctc.Blank}, ref {Reference(Plan[work])}, ref {Reference(Plan[ctc.Output])}, ref {Optional(ctc.Slopes)});");
                break;
            case WinogradStep winograd:
                EmitWinograd(winograd);
                break;
            case WinogradGradientStep gradient:
                EmitWinogradGradient(gradient);
                break;
            case SumLanesStep sum:
                var isDivided = program.Schedule.IsDivided && IsDivided(sum);
                writer.Line($"Lanes.{(isDivided ? "SumPartInto" : "SumInto")}(ref {Reference(Plan.Partial(sum.Value))}, {sum.Value.Shape.Count}, ref {Reference(Plan.Sum(sum.Value))}{(isDivided ? ", " + SharedLoop.Arguments : "")});");
                break;
            case RowsStep transposed:
                EmitRows(transposed);
                break;
        }
    }

    /// <summary>The rows of tiles, each in memory of the thread's own.</summary>
    private void EmitWinograd(WinogradStep step)
    {
        using (writer.Block(""))
        {
            var (rows, turns) = (step.Geometry.TileRows, step.Geometry.Turns);
            using (writer.Block(SharedLoop.ForOwn("row", rows)))
            using (turns > 1 ? writer.Block($"for (var tile = 0; tile < {step.Geometry.TileColumns}; tile += {step.Geometry.TilesAtOnce})") : null)
            {
                foreach (var kernel in step.Kernels)
                {
                    EmitCall(step.Region, kernel, value => value == step.Work ? Own(value) : null);
                }
            }
        }
    }

    /// <summary>The sections of rows of tiles, each in memory of the thread's own and into sums of its own; then what they add up to.</summary>
    private void EmitWinogradGradient(WinogradGradientStep step)
    {
        var g = step.Geometry;
        var isDivided = g.Sections > 1;
        using (writer.Block(""))
        {
            writer.Line($"// {step.Region.Anchor.Layer}: gradient of the weights from tiles, {g.TilesAtOnce} at once.");
            writer.Line($"MemoryMarshal.CreateSpan(ref {At("context.Own", Plan[step.Work].Offset + g.ClearedOffset)}, {g.WorkWords - g.ClearedOffset}).Clear();");
            using (isDivided ? writer.Block(SharedLoop.ForOwn("section", g.Sections)) : null)
            {
                var sections = Plan[step.Sections];
                writer.Line($"ref var sums = ref {(isDivided ? At("context.Scratch", sections.Offset, "section", g.SectionWords) : Reference(sections))};");
                writer.Line($"MemoryMarshal.CreateSpan(ref sums, {g.SectionWords}).Clear();");
                using (writer.Block(isDivided ? $"for (int row = {g.TileRows} * section / {g.Sections}, end = {g.TileRows} * (section + 1) / {g.Sections}; row < end; row++)" : $"for (var row = 0; row < {g.TileRows}; row++)"))
                using (writer.Block($"for (var tile = 0; tile < {g.TileColumns}; tile += {g.TilesAtOnce})"))
                {
                    writer.Line($"var tiles = Math.Min({g.TilesAtOnce}, {g.TileColumns} - tile);");
                    foreach (var kernel in step.Kernels)
                    {
                        EmitCall(step.Region, kernel, value => value == step.Work ? Own(value) : value == step.Sections ? "sums" : null);
                    }
                }
            }
        }

        writer.Line();
        if (isDivided)
        {
            writer.Line("context.Meet();");
        }

        EmitCall(step.Region, step.Taps);
    }

    private void EmitRows(RowsStep step)
    {
        var stride = DenseWeightKernel.RowStride(step.Features);
        var (source, target) = (Plan[step.Value], Plan[step.Rows]);
        if (step.Places == 1)
        {
            writer.Line($"Lanes.Transpose(ref {Reference(source)}, {step.Features}, ref {Reference(target)}, {stride});");
            return;
        }

        using (writer.Block($"for (var t = 0; t < {step.Places}; t++)"))
        {
            writer.Line($"Lanes.Transpose(ref {Reference(source with { Step = step.Features * Lanes })}, {step.Features}, ref {Reference(target with { Step = stride * Lanes })}, {stride});");
        }
    }

    /// <summary>The steps of a scan in their order, each on its part of what is kept for all steps.</summary>
    private void EmitScan(ScanStep step)
    {
        var scan = step.Scan;
        EmitInParts(writer, step.Body.IsDivided, scan.Carries, _ => false, EmitStart);
        writer.Line($"// {scan.Layer}: {scan.Details}{(scan.IsGradient ? ", backward" : "")}.");
        using (writer.Block(scan.IsReversed ? $"for (var t = {scan.Length - 1}; t >= 0; t--)" : $"for (var t = 0; t < {scan.Length}; t++)"))
        {
            EmitInParts(writer, step.Body.IsDivided, step.Body.Phases[0].Blocks, IsDivided, EmitStep);
        }

        void EmitStart(ScanCarry carry)
        {
            var words = carry.Source.Shape.Count * Lanes;
            var first = Plan[carry.History];
            first = scan.IsReversed ? first.Past((carry.Alternates ? scan.Length % 2 : scan.Length) * words) : first;
            var start = $"MemoryMarshal.CreateSpan(ref {Reference(first)}, {words})";
            writer.Line(carry.Initial is { } initial
                ? $"MemoryMarshal.CreateSpan(ref {Reference(Plan[initial])}, {words}).CopyTo({start});"
                : $"{start}.Clear();");
        }
    }

    /// <param name="region">The region whose kernel is called.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="place">Where what lies elsewhere than planned for the block is, and null for all else.</param>
    private void EmitCall(Region region, Kernel kernel, Func<Value, string?>? place = null) => kernels.EmitCall(writer, kernel, value =>
        place?.Invoke(value) ?? Reference(value.Scope == Scope.Model && region.Makes(value) ? Plan.Partial(value) : Plan[value]));

    /// <summary>The place of a value in the memory of the thread itself rather than in that of the block.</summary>
    private string Own(Value value) => At("context.Own", Plan[value].Offset);

    private void EmitItems(int index)
    {
        var items = program.Schedule.Phases[index].Items;
        if (items.Count == 0)
        {
            return;
        }

        writer.Line();
        writer.Line("/// <summary>A piece of the work over the whole batch.</summary>");
        using (writer.Block($"private static void Item{index}(int item, int workers, in PhaseContext context)"))
        {
            foreach (var item in items)
            {
                if (item != items[0])
                {
                    writer.Line("item -= pieces;");
                }

                writer.Line($"{(item == items[0] ? "var " : "")}pieces = {Pieces(item)};");
                using (writer.Block("if (item < pieces)"))
                {
                    var d = Batch(Plan[item.Kernel.Operands[0].Value]);
                    var rows = Batch(Plan[item.Rows]);
                    var y = Batch(Plan[item.Kernel.Operands[2].Value]);
                    writer.Line($"// {item.Kernel.Summary}");
                    writer.Line($"Kernels.{kernels.NameOf(item.Kernel)}(ref {d}, ref {rows}, ref {y}, context.BlockCount, {Plan.BlockWords}, {First("item")}, {First("item + 1")});");
                    writer.Line("return;");
                }

                writer.Line();

                string First(string piece) => $"Pieces.First({piece}, pieces, {item.Outputs}, {DenseWeightKernel.TileOutputs})";
            }
        }
    }

    private static string Pieces(ItemStep item) => $"Pieces.Count({item.MostPieces}, workers)";

    private void EmitFinish(int index)
    {
        var phase = program.Schedule.Phases[index];
        if (!HasFinish(phase))
        {
            return;
        }

        writer.Line();
        writer.Line("/// <summary>What exists once for the batch.</summary>");
        using (writer.Block($"private static void Finish{index}(in PhaseContext context)"))
        {
            EmitModelSteps([.. phase.Finish, .. Plan.Copies.Where(copy => copy.Phase == index && copy.Step.Target.Space != Space.Output).Select(copy => copy.Step)]);
        }
    }

    /// <summary>What is computed once, in order; where several threads share it, each does its part of what is worth it.</summary>
    private void EmitModelSteps(IReadOnlyList<Step> steps) =>
        EmitInParts(writer, program.Schedule.SharesModel, steps, SharingRule.SuitsModel, step => EmitModelStep(step, SharingRule.SuitsModel(step)));

    private void EmitModelStep(Step step, bool isShared)
    {
        switch (step)
        {
            case WinogradWeightsStep { Weights: var weights, Transformed: var transformed, Geometry: var g }:
                writer.Line($"// {weights.Name} at the points of Winograd's minimal filtering, {(g.IsForward ? "as they are" : "turned around for the gradient of the input")}.");
                writer.Line(WinogradTransforms.Weights(g, Batch(Plan[weights]), Batch(Plan[transformed]), $"{g.WeightPointWords}{(isShared ? ", 0" : "")}{SharedLoop.MoreArguments(isShared)}"));
                break;
            case PackedWeightsStep packing:
                kernels.EmitCall(writer, packing.Kernel, value => Batch(Plan[value]));
                break;
            case WinogradTotalStep { Value: var gradient, Sum: var sum, Geometry: var g }:
                writer.Line($"Winograd.TotalGradient(ref {Batch(Plan.Sum(sum))}, {Plan.SumWords}, context.GroupCount, {g.Outputs}, {g.Inputs}, {g.InputWords}, ref {Batch(Plan[gradient])});");
                break;
            case TotalStep { Value: var total }:
                writer.Line($"GroupSums.Total(ref {Batch(Plan.Sum(total))}, {Plan.SumWords}, context.GroupCount, ref {Batch(Plan[total])}, {total.Shape.Count}{SharedLoop.MoreArguments(isShared)});");
                break;
            case ModelStep model:
                ModelStepEmitter.Emit(writer, model.Region.Anchor, value => Batch(Plan[value]), isShared);
                break;
            case CopyStep { Value: var value, Target: var target }:
                writer.Line($"MemoryMarshal.CreateSpan(ref {Batch(Plan[value])}, {value.Shape.Count}).CopyTo(MemoryMarshal.CreateSpan(ref {Batch(target)}, {value.Shape.Count}));");
                break;
        }
    }

    /// <summary>A place as a block sees it.</summary>
    private static string Reference(Location location) => location.Space switch
    {
        Space.Input or Space.Labels or Space.Output => At($"context.{location.Space}({location.Offset})", location.Within, location.Time, location.Step),
        _ => At($"context.{location.Space}", location.Offset, location.Time, location.Step),
    };

    /// <summary>A place as the end of a phase sees it; of a block's memory, the first block's.</summary>
    private static string Batch(Location location) => At($"context.{(location.Space == Space.Block ? "Blocks" : location.Space.ToString())}", location.Offset);

    /// <summary>A place some words on.</summary>
    private static string At(string reference, int offset) => At(reference, offset, "t", 0);

    /// <summary>A place some words on, in a loop.</summary>
    private static string At(string reference, int offset, string variable, int step) => offset == 0 && step == 0
        ? reference
        : $"Unsafe.Add<float>(ref {reference}, {new OffsetText().Add(Literal.Of(offset), 1).Add(variable, step)})";
}
