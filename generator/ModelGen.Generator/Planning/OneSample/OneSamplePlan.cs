using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit;
using ModelGen.Generator.Emit.OneSample;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Passes;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Planning.OneSample;

/// <summary>One thing the prediction of a single sample does.</summary>
/// <param name="Uses">What it reads and writes, each in the order it has there.</param>
internal abstract record OneSampleStep(IReadOnlyList<(Value Value, ValueOrder Order)> Uses);

/// <summary>Calls a region's kernel.</summary>
internal sealed record OneSampleKernel(Region Region, Kernel Kernel, IReadOnlyList<(Value Value, ValueOrder Order)> Uses) : OneSampleStep(Uses)
{
    /// <summary>The order in which the kernel finds or leaves a value.</summary>
    public ValueOrder Order(Value value) => Uses.First(use => ReferenceEquals(use.Value, Storage.Elements(value))).Order;
}

/// <summary>Writes a value in the order it does not have yet.</summary>
internal sealed record ReorderStep(Value Value, ValueOrder Target)
    : OneSampleStep([(Value, ValueOrder.Lanes), (Value, ValueOrder.RowMajor)]);

/// <summary>
/// The prediction of a single sample, features in the lanes: what is prepared from the parameters, which kernels run, and
/// where everything lies.
/// </summary>
internal sealed class OneSamplePlan
{
    private readonly Dictionary<Value, int> _prepared = [];
    private readonly Dictionary<Contract, (PackedWeights Packed, int Offset)> _weights = [];
    private readonly Dictionary<(Value Root, ValueOrder Order), int> _scratch = [];
    private readonly HashSet<(Value Value, ValueOrder Order)> _present = [];

    private OneSamplePlan(Graph.Graph graph) => Graph = graph;

    public Graph.Graph Graph { get; }

    /// <summary>The words of what is prepared from the parameters.</summary>
    public int PreparedWords { get; private set; }

    public int ScratchWords { get; private set; }

    /// <summary>Parameters that kernels read as they are; a copy, so that a prediction sees one state of all.</summary>
    public List<(Value Value, int Offset)> Copies { get; } = [];

    /// <summary>Weights in the order of a contraction's kernel.</summary>
    public IEnumerable<(Contract Contract, PackedWeights Packed, int Offset)> Weights => _weights.Select(pair => (pair.Key, pair.Value.Packed, pair.Value.Offset));

    /// <summary>What depends on parameters and statistics only, such as the scale of a normalisation.</summary>
    public List<Node> ModelNodes { get; } = [];

    public List<OneSampleStep> Steps { get; } = [];

    /// <summary>The plan, or null where a single sample cannot be served.</summary>
    public static OneSamplePlan? Create(Graph.Graph graph)
    {
        if (!OneSampleSupport.Covers(graph))
        {
            return null;
        }

        new WriteInPlace(FeatureStorage.ServesParts, FeatureStorage.IsInOrder).Run(graph);
        var regions = Fuse.Run(graph).SelectMany(OneSampleSupport.Divide).ToList();
        if (!regions.All(region => region.IsPerModel || OneSampleSupport.Covers(region) || OneSampleSupport.CoversInRows(region)))
        {
            return null;
        }

        var plan = new OneSamplePlan(graph);
        plan.PrepareModelValues(regions);
        plan.AddSteps([.. regions.Where(region => !region.IsPerModel)]);
        plan.PlaceValues();
        return plan;
    }

    /// <summary>Where a step finds a value, or leaves it.</summary>
    public Location Locate(OneSampleKernel step, Value value) =>
        step.Region.Anchor is Contract contract && ReferenceEquals(value, contract.Inputs[1])
            ? new Location(Space.Model, _weights[contract].Offset)
            : Locate(value, value.Scope == Scope.Model ? ValueOrder.RowMajor : step.Order(value));

    /// <summary>Where a value lies in an order.</summary>
    public Location Locate(Value value, ValueOrder order)
    {
        if (_prepared.TryGetValue(Storage.Elements(value), out var prepared))
        {
            return new Location(Space.Model, prepared);
        }

        order = Canonical(value, order);
        var (root, offset, _) = FeatureStorage.Find(value, order);
        return root.Source == Source.Input && order == ValueOrder.RowMajor
            ? new Location(Space.Input, root.Index).Past(offset)
            : new Location(Space.Scratch, _scratch[(root, order)]).Past(offset);
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
            foreach (var value in region.Inputs.Where(value => !ReferenceEquals(value, weight)).Select(Storage.Elements).Where(value => value.Source is Source.Parameter or Source.Statistic))
            {
                if (!_prepared.ContainsKey(value))
                {
                    _prepared[value] = Allocate(value.Shape.Count);
                    Copies.Add((value, _prepared[value]));
                }
            }
        }
    }

    private int Allocate(int words)
    {
        var offset = PreparedWords;
        PreparedWords += VectorWidth.RoundUp(words);
        return offset;
    }

    private void AddSteps(IReadOnlyList<Region> regions)
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

            Steps.Add(new OneSampleKernel(region, CreateKernel(region, stored, sourceOrder), [.. uses, .. stored.Select(value => (value, order))]));
            foreach (var value in stored)
            {
                _present.Add((value, order));
                if (value.Part is not null)
                {
                    Provide(value, ValueOrder.Lanes);
                }
            }
        }
    }

    /// <summary>The source of a contraction is read in any order: where it stands already, the lanes first.</summary>
    private ValueOrder SourceOrder(Region region, Value source)
    {
        var contract = (Contract)region.Anchor;
        var isReadByMaps = region.Maps.SelectMany(map => map.Inputs).Any(input => ReferenceEquals(Storage.Elements(input), Storage.Elements(source)));
        return OneSampleSupport.ReadsInLanes(contract) && (IsPresent(source, ValueOrder.Lanes) || isReadByMaps || PackedWeights.IsDepthwise(contract))
            ? ValueOrder.Lanes
            : ValueOrder.RowMajor;
    }

    /// <summary>Whether a value, or all it is a view of, has been written in an order.</summary>
    private bool IsPresent(Value value, ValueOrder order)
    {
        value = Storage.Elements(value);
        return (value.Source == Source.Input && (order == ValueOrder.RowMajor || FeatureStorage.IsEitherOrder(value)))
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

    private void PlaceValues()
    {
        var first = new Dictionary<(Value Root, ValueOrder Order), int>();
        var last = new Dictionary<(Value Root, ValueOrder Order), int>();
        foreach (var (step, index) in Steps.Select((step, index) => (step, index)))
        {
            foreach (var (value, order) in step.Uses)
            {
                Use(value, order, index);
            }
        }

        foreach (var result in Graph.Results)
        {
            Use(result.Value, IsInRows(result.Value) ? ValueOrder.RowMajor : ValueOrder.Lanes, Steps.Count);
        }

        var tenants = first.Keys.ToDictionary(key => new Tenant(key.Root.Name, Words(key), first[key], last[key]));
        var (offsets, words) = Placement.Place([.. tenants.Keys]);
        foreach (var pair in tenants)
        {
            _scratch[pair.Value] = offsets[pair.Key];
        }

        // The channels of a slice are loaded in whole vectors, which may reach past the last place.
        ScratchWords = words + (Graph.Nodes.OfType<Slice>().Any() ? VectorWidth.BlockLanes : 0);

        void Use(Value value, ValueOrder order, int step)
        {
            order = Canonical(value, order);
            var root = FeatureStorage.Find(value, order).Root;
            if (root.Source == Source.Input && order == ValueOrder.RowMajor)
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

    private Kernel CreateKernel(Region region, IReadOnlyList<Value> stored, ValueOrder sourceOrder)
    {
        var name = Schedule.KernelName(region) + "OfOne";
        if (!OneSampleSupport.Covers(region))
        {
            return RowMajorKernel.Create(region, name);
        }

        if (region.Anchor is Contract contract)
        {
            var packed = PackedWeights.Of(contract, sourceOrder);
            _weights[contract] = (packed, Allocate(packed.Words));
        }

        return region.Anchor switch
        {
            Contract => FeatureContractKernel.Create(region, stored, sourceOrder, name),
            Window => FeatureWindowKernel.Create(region, stored, name),
            Unwindow => FeatureUnwindowKernel.Create(region, name),
            Concat => FeatureConcatKernel.Create(region, name),
            Reduce { Kind: ReduceKind.LogSumExp } => FeatureLogSumExpKernel.Create(region, name),
            _ => FeatureLoopKernel.Create(region, stored, name),
        };
    }
}
