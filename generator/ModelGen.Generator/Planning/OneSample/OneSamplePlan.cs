using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit;
using ModelGen.Generator.Emit.OneSample;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Layers;
using ModelGen.Generator.Passes;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Planning.OneSample;

/// <summary>
/// The prediction of a single sample, features in the lanes: what is prepared from the parameters, which kernels run, and
/// where everything lies.
/// </summary>
internal sealed class OneSamplePlan
{
    private readonly Dictionary<Value, int> _prepared = [];
    private readonly Func<Contract, bool> _usesWinograd;
    private readonly Dictionary<Contract, (PackedWeights Packed, int Offset)> _weights = [];
    private readonly Dictionary<Contract, (FeatureWinogradGeometry Geometry, int Offset)> _transformed = [];
    private readonly Dictionary<(Value Root, ValueOrder Order), int> _scratch = [];
    private readonly HashSet<(Value Value, ValueOrder Order)> _present = [];

    private readonly Dictionary<Value, int> _states = [];
    private readonly bool _dividesStep;

    private OneSamplePlan(Graph.Graph graph, Func<Contract, bool> usesWinograd, Streaming? streaming)
    {
        (Graph, _usesWinograd, Streaming) = (graph, usesWinograd, streaming);
        var multiplyAdds = graph.Nodes.OfType<Contract>().Sum(contract => contract.Geometry.MultiplyAdds);
        IsDivided = streaming is null ? multiplyAdds >= SharingRule.LeastPrediction : SharingRule.SuitsSequence(multiplyAdds, streaming.Steps);
        _dividesStep = IsDivided && multiplyAdds >= SharingRule.LeastStep;
    }

    public Graph.Graph Graph { get; }

    /// <summary>How the steps of a sequence follow each other, where the graph is one of them; else null.</summary>
    public Streaming? Streaming { get; }

    /// <summary>The words of what is prepared from the parameters.</summary>
    public int PreparedWords { get; private set; }

    public int ScratchWords { get; private set; }

    /// <summary>The words each thread needs for itself.</summary>
    public int OwnWords => Steps.OfType<OneSampleWinograd>().Select(step => VectorWidth.RoundUp(step.Work.Shape.Count)).DefaultIfEmpty(0).Max();

    /// <summary>Whether a prediction is worth the while of several threads.</summary>
    public bool IsDivided { get; }

    /// <summary>Whether a single step of a stream is.</summary>
    public bool DividesStep => _dividesStep && StepsCarried > 0;

    /// <summary>Parameters that kernels read as they are; a copy, so that a prediction sees one state of all.</summary>
    public List<(Value Value, int Offset)> Copies { get; } = [];

    /// <summary>Weights in the order of a contraction's kernel.</summary>
    public IEnumerable<(Contract Contract, PackedWeights Packed, int Offset)> Weights => _weights.Select(pair => (pair.Key, pair.Value.Packed, pair.Value.Offset));

    /// <summary>Weights at the points of Winograd's minimal filtering.</summary>
    public IEnumerable<(Contract Contract, FeatureWinogradGeometry Geometry, int Offset)> Transformed => _transformed.Select(pair => (pair.Key, pair.Value.Geometry, pair.Value.Offset));

    /// <summary>What depends on parameters and statistics only, such as the scale of a normalisation.</summary>
    public List<Node> ModelNodes { get; } = [];

    public List<OneSampleStep> Steps { get; } = [];

    /// <summary>Where threads share a sequence, the steps that the next step of time waits for; those behind them only show what came of it.</summary>
    public int StepsCarried { get; private set; }

    /// <summary>The steps that run whenever the program does; those behind them only where the last step of a sequence is to be shown.</summary>
    public int StepsAlways { get; private set; }

    /// <summary>Whether there are steps that only the end of a sequence needs.</summary>
    public bool HasEnd => StepsAlways < Steps.Count;

    /// <summary>The rows of tables that tokens name.</summary>
    public List<Gather> Rows { get; } = [];

    /// <summary>What a stream remembers, and where.</summary>
    public List<(Value Value, int Offset)> States { get; } = [];

    public int StateWords { get; private set; }

    /// <summary>States that are not written in their place, but copied there when the step is done.</summary>
    public List<Result> CopiedStates { get; } = [];

    /// <summary>Whether threads that go on to the next step of time would write at once over what is <see cref="Shown"/> of this one.</summary>
    public bool WritesShownFirst { get; private set; }

    /// <summary>What the steps that only show read of those before them: kept for each step of time until the whole sequence is known.</summary>
    public List<(Location Place, int Words)> Shown { get; } = [];

    /// <summary>The plan, or null where a single sample cannot be served.</summary>
    /// <param name="graph">The prediction of one sample, or of one step of its stream.</param>
    /// <param name="usesWinograd">Which convolutions are computed by Winograd's minimal filtering.</param>
    /// <param name="streaming">How the steps follow each other; null where the graph is the whole sample.</param>
    public static OneSamplePlan? Create(Graph.Graph graph, Func<Contract, bool> usesWinograd, Streaming? streaming = null)
    {
        if (!OneSampleSupport.Covers(graph))
        {
            return null;
        }

        new WriteInPlace(FeatureStorage.ServesParts, FeatureStorage.IsInOrder).Run(graph);
        var regions = Fuse.Run(graph).SelectMany(OneSampleSupport.Divide).ToList();
        if (!regions.All(region => region.IsPerModel || OneSampleSupport.IsRow(region) || OneSampleSupport.Covers(region) || OneSampleSupport.CoversInRows(region)))
        {
            return null;
        }

        var plan = new OneSamplePlan(graph, usesWinograd, streaming);
        plan.PlaceStates();
        plan.PrepareModelValues(regions);
        var perSample = regions.Where(region => !region.IsPerModel && region.Anchor is not Gather).ToList();
        var always = plan.Select(perSample, result => result.Kind == ResultKind.Next || streaming!.IsPerStep[result.Index]);
        var carried = streaming is not null && plan.IsDivided ? plan.Select(perSample, result => result.Kind == ResultKind.Next) : [];
        var read = plan.FindRead(perSample);
        plan.AddSteps(carried, read, isCarried: true);
        plan.StepsCarried = plan.Steps.Count;
        plan.AddSteps(always.Except(carried), read);
        plan.StepsAlways = plan.Steps.Count;
        plan.AddSteps(perSample.Except(always), read);
        plan.WriteStatesInPlace();
        plan.PlaceValues();
        return plan;
    }

    /// <summary>Where a step finds a value, or leaves it.</summary>
    public Location Locate(OneSampleRegion step, Value value) =>
        step.Region.Anchor is Contract contract && Storage.Find(value) == Storage.Find(contract.Inputs[1])
            ? new Location(Space.Model, _transformed.TryGetValue(contract, out var transformed) ? transformed.Offset : _weights[contract].Offset)
            : Locate(value, value.Scope == Scope.Model ? ValueOrder.RowMajor : step.Order(value));

    /// <summary>Where a value lies in an order.</summary>
    public Location Locate(Value value, ValueOrder order)
    {
        if (value.Scope == Scope.Model)
        {
            var (whole, within) = Storage.Find(value);
            return new Location(Space.Model, _prepared[whole] + within);
        }

        order = Canonical(value, order);
        var (root, offset, _) = FeatureStorage.Find(value, order);
        var place = root.Source == Source.Input && order == ValueOrder.RowMajor ? new Location(Space.Input, root.Index)
            : IsState(root, order) ? new Location(Space.Carry, _states[root])
            : root.Producer is Gather gather ? new Location(Space.Row, Rows.IndexOf(gather))
            : new Location(Space.Scratch, _scratch[(root, order)]);
        return place.Past(offset);
    }

    /// <summary>Whether a value is prepared, rather than read from the parameters.</summary>
    public bool IsPrepared(Value value) => _prepared.ContainsKey(value);

    /// <summary>Whether a value of several places stands in row-major order when all steps are done.</summary>
    public bool IsInRows(Value value) => !FeatureStorage.IsEitherOrder(value) && IsPresent(value, ValueOrder.RowMajor);

    /// <summary>A value of one place is kept once, whatever order it is asked for; an input is where the caller has it.</summary>
    private static ValueOrder Canonical(Value value, ValueOrder order) =>
        !FeatureStorage.IsEitherOrder(value) ? order
        : FeatureStorage.Find(value, ValueOrder.RowMajor).Root.Source == Source.Input || (Storage.Elements(value).Producer is Slice slice && Storage.IsView(slice) && !FeatureStorage.IsViewInLanes(slice)) ? ValueOrder.RowMajor
        : ValueOrder.Lanes;

    /// <summary>The order that a state is remembered in: rows, where it has several places.</summary>
    public static ValueOrder StateOrder(Value state) => FeatureStorage.IsEitherOrder(state) ? ValueOrder.Lanes : ValueOrder.RowMajor;

    /// <summary>Whether a value in an order is what the stream remembers.</summary>
    private bool IsState(Value root, ValueOrder order) =>
        _states.ContainsKey(root) && (FeatureStorage.IsEitherOrder(root) || order == ValueOrder.RowMajor);

    private void PlaceStates()
    {
        foreach (var state in Graph.Sources.Where(source => source.Source == Source.Carry))
        {
            States.Add((state, StateWords));
            _states[state] = StateWords;
            StateWords += VectorWidth.RoundUp(FeatureStorage.IsEitherOrder(state) ? FeatureLayout.Of(state.Shape).Words : state.Shape.Count);
        }
    }

    /// <summary>The regions of a step of a stream that some of its results need; all where there is no stream.</summary>
    private IReadOnlyList<Region> Select(IReadOnlyList<Region> regions, Func<Result, bool> isWanted)
    {
        if (Streaming is null)
        {
            return regions;
        }

        var needed = new HashSet<Node>();
        foreach (var result in Graph.Results.Where(isWanted))
        {
            Need(result.Value);
        }

        return [.. regions.Where(region => region.Nodes.Any(needed.Contains))];

        void Need(Value value)
        {
            if (value.Producer is { } producer && needed.Add(producer))
            {
                foreach (var input in producer.Inputs)
                {
                    Need(input);
                }
            }
        }
    }

    private void PrepareModelValues(IReadOnlyList<Region> regions)
    {
        foreach (var region in regions)
        {
            if (region.IsPerModel)
            {
                ModelNodes.Add(region.Anchor);
                _prepared[region.Anchor.Output] = Allocate(region.Anchor.Output.Shape.Count);
                continue;
            }

            var weight = (region.Anchor as Contract)?.Inputs[1];
            foreach (var value in region.Inputs.Where(value => !ReferenceEquals(value, weight)).Select(Storage.Root).Where(value => value.Source is Source.Parameter or Source.Statistic))
            {
                if (!_prepared.ContainsKey(value))
                {
                    _prepared[value] = Allocate(value.Shape.Count);
                    Copies.Add((value, _prepared[value]));
                }
            }
        }

        // The last row of a table is read in whole vectors too.
        Rows.AddRange(regions.Select(region => region.Anchor).OfType<Gather>());
        PreparedWords += Rows.Count > 0 ? VectorWidth.BlockLanes : 0;
    }

    private int Allocate(int words)
    {
        var offset = PreparedWords;
        PreparedWords += VectorWidth.RoundUp(words);
        return offset;
    }

    /// <summary>The values that a region must store, because another or the caller reads them.</summary>
    private HashSet<Value> FindRead(IReadOnlyList<Region> regions)
    {
        var read = new HashSet<Value>(regions.SelectMany(region => region.Inputs).Concat(Graph.Results.Select(result => result.Value)).Select(Storage.Elements));

        // A concatenation or a slice that is no node of a region is read by way of what it consists of.
        foreach (var view in Graph.Nodes.Where(Storage.IsView).Reverse())
        {
            if (read.Contains(Storage.Elements(view.Output)))
            {
                read.UnionWith(view.Inputs.Select(Storage.Elements));
            }
        }

        return read;
    }

    private void AddSteps(IEnumerable<Region> regions, HashSet<Value> read, bool isCarried = false)
    {
        foreach (var region in regions)
        {
            var stored = region.Nodes.SelectMany(node => node.Outputs).Where(read.Contains).ToList();
            var isInLanes = OneSampleSupport.Covers(region);
            var order = isInLanes ? ValueOrder.Lanes : ValueOrder.RowMajor;
            var source = region.Anchor is Contract contract ? contract.Inputs[0] : null;
            var sourceOrder = source is null ? order : SourceOrder(region, source);
            var uses = region.Inputs
                .Where(value => value.Scope == Scope.Sample)
                .Select(value => (Value: Storage.Elements(value), Order: ReferenceEquals(value, source) ? sourceOrder : order))
                .Distinct()
                .ToList();
            foreach (var use in uses)
            {
                Provide(use.Value, use.Order);
            }

            Steps.Add(CreateStep(region, stored, sourceOrder, isCarried, [.. uses, .. stored.Select(value => (value, order))]));
            foreach (var value in stored)
            {
                _present.Add((value, order));
                if (value.Part is not null)
                {
                    Provide(value, ValueOrder.Lanes);
                }

                if (Graph.Results.Any(result => result.Kind == ResultKind.Next && ReferenceEquals(Storage.Elements(result.Value), value)))
                {
                    Provide(value, StateOrder(value));
                }
            }
        }
    }

    /// <summary>The source of a contraction is read in any order: where it stands already, the lanes first.</summary>
    private ValueOrder SourceOrder(Region region, Value source)
    {
        var contract = (Contract)region.Anchor;
        var isReadByMaps = region.Maps.SelectMany(map => map.Inputs).Any(input => ReferenceEquals(Storage.Elements(input), Storage.Elements(source)));
        return OneSampleSupport.ReadsInLanes(contract) && (IsPresent(source, ValueOrder.Lanes) || isReadByMaps || PackedWeights.IsDepthwise(contract) || _usesWinograd(contract))
            ? ValueOrder.Lanes
            : ValueOrder.RowMajor;
    }

    /// <summary>Whether a value, or all it is a view of, has been written in an order.</summary>
    private bool IsPresent(Value value, ValueOrder order)
    {
        value = Storage.Elements(value);
        return value.Producer is Gather
            || (value.Source is Source.Input or Source.Carry && (order == ValueOrder.RowMajor || FeatureStorage.IsEitherOrder(value)))
            || _present.Contains((value, order))
            || (FeatureStorage.IsEitherOrder(value) && _present.Contains((value, order == ValueOrder.Lanes ? ValueOrder.RowMajor : ValueOrder.Lanes)))
            || (value.Producer is { } view && Storage.IsView(view) && (order == ValueOrder.Lanes ? view is not Slice slice || FeatureStorage.IsViewInLanes(slice) : view is Slice) && view.Inputs.All(input => IsPresent(input, order)));
    }

    private void Provide(Value value, ValueOrder order)
    {
        if (IsPresent(value, order))
        {
            return;
        }

        // What a slice is taken from is brought into the order as a whole.
        if (value.Producer is Slice slice && Storage.IsView(slice))
        {
            var isView = order == ValueOrder.RowMajor || FeatureStorage.IsViewInLanes(slice);
            Provide(Storage.Elements(slice.Inputs[0]), isView ? order : ValueOrder.RowMajor);
            if (isView || FeatureStorage.IsEitherOrder(value))
            {
                return;
            }
        }

        Steps.Add(new ReorderStep(value, order));
        _present.Add((value, order));
    }

    /// <summary>
    /// Lets what a state becomes be written over it, where nothing reads the old one any more: not later, and in the same
    /// step only element by element.
    /// </summary>
    private void WriteStatesInPlace()
    {
        foreach (var result in Graph.Results.Where(result => result.Kind == ResultKind.Next))
        {
            var (state, offset) = States[result.Index];
            var next = Storage.Elements(result.Value);
            var writer = Steps.FindIndex(step => step is OneSampleKernel kernel && kernel.Region.Makes(next));
            var isFree = writer >= 0
                && Steps[writer].Uses.Contains((next, StateOrder(next)))
                && next.Part is null
                && !_states.ContainsKey(next)
                && Steps.Select((step, index) => (step, index))
                    .Where(item => item.step.Uses.Any(use => ReferenceEquals(FeatureStorage.Find(use.Value, use.Order).Root, state)))
                    .All(reader => reader.index < writer || (reader.index == writer && ((OneSampleKernel)reader.step).Region.Nodes.All(node => node is Map)));
            if (isFree)
            {
                _states[next] = offset;
            }
            else
            {
                CopiedStates.Add(result);
            }
        }
    }

    private void PlaceValues()
    {
        var first = new Dictionary<(Value Root, ValueOrder Order), int>();
        var last = new Dictionary<(Value Root, ValueOrder Order), int>();
        var shown = FindShown();
        foreach (var (root, order) in shown)
        {
            // Nothing else is written there while it is copied.
            Use(root, order, 0);
        }

        foreach (var (step, index) in Steps.Select((step, index) => (step, index)))
        {
            foreach (var (value, order) in step.Uses)
            {
                Use(value, order, index);
            }
        }

        foreach (var result in Graph.Results)
        {
            Use(result.Value, OrderOf(result), Steps.Count);
        }

        var tenants = first.Keys.ToDictionary(key => new Tenant(key.Root.Name, Words(key), first[key], last[key]));
        var (offsets, words) = Placement.Place([.. tenants.Keys]);
        foreach (var pair in tenants)
        {
            _scratch[pair.Value] = offsets[pair.Key];
        }

        // The channels of a slice are loaded in whole vectors, which may reach past the last place.
        ScratchWords = words + (Graph.Nodes.OfType<Slice>().Any() ? VectorWidth.BlockLanes : 0);
        WritesShownFirst = shown.Count > 0 && StepsCarried > 0 && Steps[0] is OneSampleKernel { Kernel.IsShared: true, Region: var region } && region.Nodes.SelectMany(node => node.Outputs).Any(output => shown.Any(key => ReferenceEquals(key.Root, FeatureStorage.Find(output, key.Order).Root)));
        Shown.AddRange(shown.Select(key => (IsState(key.Root, key.Order) ? new Location(Space.Carry, _states[key.Root]) : new Location(Space.Scratch, _scratch[key]), Words(key))).Distinct());

        void Use(Value value, ValueOrder order, int step)
        {
            order = Canonical(value, order);
            var root = FeatureStorage.Find(value, order).Root;
            if ((root.Source == Source.Input && order == ValueOrder.RowMajor) || IsState(root, order) || root.Producer is Gather)
            {
                return;
            }

            if (!first.ContainsKey((root, order)))
            {
                first[(root, order)] = step;
            }

            last[(root, order)] = step;
        }

        static int Words((Value Root, ValueOrder Order) key) => key.Order == ValueOrder.Lanes ? FeatureLayout.Of(key.Root.Shape).Words : key.Root.Shape.Count;
    }

    /// <summary>The order in which a result stands when all steps are done.</summary>
    private ValueOrder OrderOf(Result result) => IsInRows(result.Value) ? ValueOrder.RowMajor : ValueOrder.Lanes;

    /// <summary>What the steps that only show, and the results, have from the steps before them.</summary>
    private IReadOnlyList<(Value Root, ValueOrder Order)> FindShown()
    {
        if (Streaming is null || !IsDivided)
        {
            return [];
        }

        var carried = new HashSet<(Value, ValueOrder)>(Steps.Take(StepsCarried).SelectMany(step => step.Uses).Select(Root));
        var predictions = Graph.Results.Where(result => result.Kind == ResultKind.Prediction).Select(result => (result.Value, OrderOf(result)));
        return [.. Steps.Skip(StepsCarried).SelectMany(step => step.Uses).Concat(predictions).Select(Root)
            .Where(key => IsState(key.Root, key.Order) || (carried.Contains(key) && key.Root.Producer is not Gather && (key.Root.Source != Source.Input || key.Order == ValueOrder.Lanes)))
            .Distinct()];

        static (Value Root, ValueOrder Order) Root((Value Value, ValueOrder Order) use)
        {
            var order = Canonical(use.Value, use.Order);
            return (FeatureStorage.Find(use.Value, order).Root, order);
        }
    }

    private OneSampleStep CreateStep(Region region, IReadOnlyList<Value> stored, ValueOrder sourceOrder, bool isCarried, IReadOnlyList<(Value Value, ValueOrder Order)> uses)
    {
        if (region.Anchor is not Contract contract || !_usesWinograd(contract) || sourceOrder != ValueOrder.Lanes)
        {
            return new OneSampleKernel(region, CreateKernel(region, stored, sourceOrder, isCarried), uses);
        }

        var geometry = new FeatureWinogradGeometry(contract);
        _transformed[contract] = (geometry, Allocate(geometry.WeightWords));
        var workWords = geometry.WorkWords(FeatureStorage.Stride(contract.Inputs[0]));
        var work = new Value(-1, contract.Output.Name + " in tiles", new Shape(workWords), Scope.Sample, Element.Float, Source.Node, 0);
        var kernels = new FeatureWinogradKernels(region, stored, geometry, work, Schedule.KernelName(region) + "OfOne");
        var rest = geometry.Shape.TileRows % geometry.BandRows;
        return new OneSampleWinograd(region, geometry, kernels.Create(geometry.BandRows), rest > 0 ? kernels.Create(rest) : [], work, uses);
    }

    private Kernel CreateKernel(Region region, IReadOnlyList<Value> stored, ValueOrder sourceOrder, bool isCarried)
    {
        var name = Schedule.KernelName(region) + "OfOne";
        var isShared = IsDivided && (Streaming is null ? SharingRule.SuitsOneSample(region) : isCarried && SharingRule.SuitsStep(region));
        if (!OneSampleSupport.Covers(region))
        {
            return RowMajorKernel.Create(region, name);
        }

        if (region.Anchor is Contract contract)
        {
            var packed = PackedWeights.Of(contract, sourceOrder, isShared);
            _weights[contract] = (packed, Allocate(packed.Words));
        }

        return region.Anchor switch
        {
            Contract => FeatureContractKernel.Create(region, stored, sourceOrder, isShared, name),
            Window => FeatureWindowKernel.Create(region, stored, isShared, name),
            Unwindow => FeatureUnwindowKernel.Create(region, isShared, name),
            Concat => FeatureConcatKernel.Create(region, name),
            Reduce { Kind: ReduceKind.LogSumExp } => FeatureLogSumExpKernel.Create(region, name),
            _ => FeatureLoopKernel.Create(region, stored, isShared, name),
        };
    }
}
