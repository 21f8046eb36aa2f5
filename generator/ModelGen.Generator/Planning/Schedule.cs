using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit;
using ModelGen.Generator.Emit.Kernels;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Passes;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Planning;

/// <summary>
/// Turns regions into steps: which kernel each becomes, what is done for every block of samples, and what once for the
/// batch. This is where lanes are decided: samples everywhere, except in weight gradients: that of dense layers is a product
/// over the whole batch with features in the lanes, that by Winograd's minimal filtering one over a block with channels in them.
/// </summary>
internal sealed class Schedule
{
    private readonly Graph.Graph _graph;
    private readonly Func<Contract, bool> _usesWinograd;
    private readonly Func<Contract, bool> _packsWeights;
    private readonly Dictionary<Value, List<Region>> _readers = [];

    private Schedule(Graph.Graph graph, IReadOnlyList<Region> regions, Func<Contract, bool> usesWinograd, Func<Contract, bool> packsWeights)
    {
        _graph = graph;
        _usesWinograd = usesWinograd;
        _packsWeights = packsWeights;
        foreach (var region in regions)
        {
            foreach (var input in region.Inputs.Select(Storage.Root).Distinct())
            {
                if (!_readers.TryGetValue(input, out var readers))
                {
                    _readers[input] = readers = [];
                }

                readers.Add(region);
            }
        }
    }

    /// <summary>What depends on parameters and statistics only and is computed before the first block.</summary>
    public List<Step> Prepare { get; } = [];

    public List<PhasePlan> Phases { get; } = [];

    /// <summary>Whether any step is worth the while of several threads on one block.</summary>
    public bool IsDivided => Phases.SelectMany(phase => phase.Blocks).Any(IsShared);

    /// <summary>Whether anything that is computed once is worth the while of several threads.</summary>
    public bool SharesModel => Prepare.Concat(Phases.SelectMany(phase => phase.Finish)).Any(SharingRule.SuitsModel);

    /// <summary>Whether a step is worth the while of several threads.</summary>
    public static bool IsShared(Step step) => step switch
    {
        KernelStep kernel => kernel.Kernel.IsShared,
        ScanStep scan => scan.Body.IsDivided,
        WinogradGradientStep gradient => gradient.Geometry.Sections > 1,
        _ => step is WinogradStep,
    };

    /// <summary>The values a region must store because something outside reads them.</summary>
    public IReadOnlyList<Value> Stored(Region region) =>
        [.. region.Nodes.SelectMany(node => node.Outputs).Where(output => _readers.ContainsKey(Storage.Root(output)) || _graph.Results.Any(result => ReferenceEquals(Storage.Root(result.Value), Storage.Root(output))))];

    /// <param name="graph">The graph of the program.</param>
    /// <param name="regions">Its nodes in groups, in the order they run in.</param>
    /// <param name="usesWinograd">Which convolutions are computed by Winograd's minimal filtering.</param>
    public static Schedule Create(Graph.Graph graph, IReadOnlyList<Region> regions, Func<Contract, bool> usesWinograd) =>
        Create(graph, regions, usesWinograd, packsWeights: _ => false);

    private static Schedule Create(Graph.Graph graph, IReadOnlyList<Region> regions, Func<Contract, bool> usesWinograd, Func<Contract, bool> packsWeights)
    {
        // The mask is a source that kernels read though no node does.
        _ = graph.SampleMask;
        var schedule = new Schedule(graph, regions, usesWinograd, packsWeights);
        for (var phase = 0; phase <= regions.Select(region => region.Phase).DefaultIfEmpty(0).Max(); phase++)
        {
            schedule.Phases.Add(new PhasePlan());
        }

        foreach (var region in regions)
        {
            schedule.Add(region);
        }

        return schedule;
    }

    private void Add(Region region)
    {
        var phase = Phases[region.Phase];
        if (region.IsPerModel)
        {
            (DependsOnSamples(region.Anchor.Output) ? phase.Finish : Prepare).Add(new ModelStep(region));
            return;
        }

        var name = KernelName(region);
        var isShared = SharingRule.Suits(region);
        var stored = Stored(region);
        if (region.Anchor is Scan scan)
        {
            var body = Create(scan.Body, Fuse.Run(scan.Body), usesWinograd: _ => false, packsWeights: product => PackingRule.Suits(product, scan.Length));
            Prepare.AddRange(body.Prepare.OfType<PackedWeightsStep>());
            phase.Blocks.Add(new ScanStep(region, scan, body));
            return;
        }

        if (region.Anchor is Gather gather)
        {
            phase.Blocks.Add(new GatherStep(region, gather));
            return;
        }

        if (region.Anchor is Scatter scatter)
        {
            var maker = phase.Blocks.OfType<ScanStep>().FirstOrDefault(step => step.Scan.Stacks.Any(stack => ReferenceEquals(stack.Outer, scatter.Inputs[0])));
            (maker is null ? phase : maker.Body.Phases[0]).Blocks.Add(new ScatterStep(region, scatter, IsInScan: maker is not null));
            AddTotal(phase, scatter.Output);
            return;
        }

        if (region.Anchor is Ctc ctc)
        {
            var work = new Value(-1, ctc.Layer + " paths", new Shape(ctc.WorkWords), Scope.Sample, Element.Float, Source.Node, 0);
            phase.Blocks.Add(new CtcStep(region, ctc, work));
            return;
        }

        if (region.Anchor is Contract { Role: ContractRole.Weight, Output.Scope: Scope.Model } dense && DenseWeightKernel.Serves(dense))
        {
            var rows = AddRows(phase, Storage.Elements(dense.Inputs[0]), DenseWeightKernel.Places(dense));
            phase.Items.Add(new ItemStep(DenseWeightKernel.Create(dense, rows, name), rows, dense.Geometry.OutPerGroup, DenseWeightKernel.MostPieces(dense)));
            return;
        }

        if (region.Anchor is Contract contract && _usesWinograd(contract))
        {
            if (contract.Role == ContractRole.Weight)
            {
                AddWinogradGradient(phase, region, contract, name);
            }
            else
            {
                AddWinograd(region, contract, stored, name);
            }

            return;
        }

        phase.Blocks.Add(new KernelStep(region, region.Anchor switch
        {
            Contract { Role: ContractRole.Weight } => ConvolutionWeightKernel.Create(region, isShared, name),
            Contract product => ContractKernel.Create(region, stored, _packsWeights(product) ? AddPacked(product, name) : null, isShared, name),
            Window => WindowKernel.Create(region, stored, isShared, name),
            Unwindow unwindow => UnwindowKernel.Create(region, isShared && UnwindowKernel.CanShare(unwindow), name),
            Permute => PermuteKernel.Create(region, name),
            Concat or Slice or Unslice => CopyKernel.Create(region, name),
            Reduce { Kind: ReduceKind.LogSumExp } => LogSumExpKernel.Create(region, isShared, name),
            _ => LoopKernel.Create(region, stored, _graph.SampleMask, isShared, name),
        }));
        foreach (var output in stored.Where(output => output.Scope == Scope.Model))
        {
            phase.Blocks.Add(new SumLanesStep(output));
            AddTotal(phase, output);
        }
    }

    private static void AddTotal(PhasePlan phase, Value value) => AddTotal(phase, new TotalStep(value));

    private static void AddTotal(PhasePlan phase, TotalStep total) =>
        phase.Finish.Insert(phase.Finish.TakeWhile(step => step is TotalStep).Count(), total);

    /// <summary>The value that stands for another as rows of features; the same for all that read it so.</summary>
    private Value AddRows(PhasePlan phase, Value value, int places)
    {
        var size = value.Shape.Count / places;
        if (Storage.Find(value) is { Root: { Producer: Scan scan } history, Offset: var offset }
            && scan.Carries.Any(carry => ReferenceEquals(carry.History, history))
            && history.Shape.Count % size == 0
            && offset % size == 0)
        {
            // The states before and after each step are the same ones but for one: all of them are written once.
            var all = AddWholeRows(phase, history, history.Shape.Count / size);
            return new Value(-1, value.Name + " as rows", new Shape(places, all.Shape[1]), Scope.Sample, Element.Float, Source.Node, 0) { Part = (all, offset / size * all.Shape[1]) };
        }

        return AddWholeRows(phase, value, places);
    }

    private Value AddWholeRows(PhasePlan phase, Value value, int places)
    {
        if (Phases.SelectMany(other => other.Blocks).OfType<RowsStep>().FirstOrDefault(step => ReferenceEquals(step.Value, value) && step.Places == places) is { } known)
        {
            return known.Rows;
        }

        var features = value.Shape.Count / places;
        var rows = new Value(-1, value.Name + " as rows", new Shape(places, DenseWeightKernel.RowStride(features)), Scope.Sample, Element.Float, Source.Node, 0);
        phase.Blocks.Add(new RowsStep(value, rows, places, features));
        return rows;
    }

    /// <summary>The weights of a product as its kernel reads them.</summary>
    private Value AddPacked(Contract product, string name)
    {
        var packed = new Value(-1, product.Inputs[1].Name + " packed", product.Inputs[1].Shape, Scope.Model, Element.Float, Source.Node, 0);
        Prepare.Add(new PackedWeightsStep(product.Inputs[1], packed, ContractKernel.CreatePacking(product, packed, name + "Packing")));
        return packed;
    }

    private void AddWinograd(Region region, Contract contract, IReadOnlyList<Value> stored, string name)
    {
        var geometry = new WinogradGeometry(contract);
        var weights = new Value(-1, contract.Inputs[1].Name + " transformed", new Shape(geometry.WeightWords), Scope.Model, Element.Float, Source.Node, 0);
        var work = new Value(-1, contract.Output.Name + " in tiles", new Shape(geometry.WorkWords / VectorWidth.BlockLanes), Scope.Sample, Element.Float, Source.Node, 0);
        Prepare.Add(new WinogradWeightsStep(contract.Inputs[1], weights, geometry));
        Phases[region.Phase].Blocks.Add(new WinogradStep(
            region,
            geometry,
            [
                WinogradPatchKernel.Create(contract, geometry, work, name),
                WinogradProductKernel.Create(contract, geometry, weights, work, name),
                WinogradTileKernel.Create(region, stored, geometry, work, name),
            ],
            work));
    }

    private static void AddWinogradGradient(PhasePlan phase, Region region, Contract contract, string name)
    {
        var geometry = new WinogradGradientGeometry(contract);
        var work = new Value(-1, contract.Output.Name + " in tiles", new Shape(geometry.WorkWords / VectorWidth.BlockLanes), Scope.Sample, Element.Float, Source.Node, 0);
        var sections = new Value(-1, contract.Output.Name + " at points", new Shape(geometry.Sections * geometry.SectionWords / VectorWidth.BlockLanes), Scope.Sample, Element.Float, Source.Node, 0);
        var sum = new Value(-1, contract.Output.Name + " by tap", new Shape(geometry.GradientWords), Scope.Model, Element.Float, Source.Node, 0);
        phase.Blocks.Add(new WinogradGradientStep(
            region,
            geometry,
            [
                WinogradGradientPatchKernel.Create(contract, geometry, work, name),
                WinogradGradientTileKernel.Create(contract, geometry, work, name),
                WinogradGradientProductKernel.Create(contract, geometry, work, sections, name),
            ],
            WinogradGradientTapKernel.Create(contract, geometry, sections, sum, name),
            work,
            sections,
            sum));
        AddTotal(phase, new WinogradTotalStep(contract.Output, sum, geometry));
    }

    /// <summary>Whether a value per model is known only after a pass over the samples.</summary>
    private static bool DependsOnSamples(Value value) =>
        value.Scope == Scope.Sample || (value.Producer is { } producer && producer.Inputs.Any(DependsOnSamples));

    /// <summary>The name wished for the kernel of a region: its layers and its role.</summary>
    internal static string KernelName(Region region)
    {
        var layers = region.Nodes.Select(node => node.Layer).Distinct().Select(NameScope.Pascal).Take(3);
        var role = region.Anchor switch
        {
            Contract { Role: ContractRole.Weight } => "WeightGradient",
            Contract { Role: ContractRole.Input, IsGradient: true } => "InputGradient",
            { IsGradient: true } => "Gradient",
            _ => "",
        };
        return string.Concat(layers) + role;
    }
}
