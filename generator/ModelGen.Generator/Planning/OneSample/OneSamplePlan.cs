using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Emit;
using ModelGen.Generator.Emit.OneSample;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Passes;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Planning.OneSample;

/// <summary>A region of a prediction and the kernel it becomes.</summary>
internal sealed record OneSampleStep(Region Region, Kernel Kernel);

/// <summary>
/// The prediction of a single sample, features in the lanes: what is prepared from the parameters, which kernels run, and
/// where everything lies.
/// </summary>
internal sealed class OneSamplePlan
{
    private readonly Dictionary<Value, int> _prepared = [];
    private readonly Dictionary<Region, int> _weights = [];
    private readonly Dictionary<Value, int> _scratch = [];

    private OneSamplePlan(Graph.Graph graph) => Graph = graph;

    public Graph.Graph Graph { get; }

    /// <summary>The words of what is prepared from the parameters.</summary>
    public int PreparedWords { get; private set; }

    public int ScratchWords { get; private set; }

    /// <summary>Parameters that kernels read as they are; a copy, so that a prediction sees one state of all.</summary>
    public List<(Value Value, int Offset)> Copies { get; } = [];

    /// <summary>Weights in the order of a region's kernel.</summary>
    public IEnumerable<(Contract Contract, int Offset)> Weights => _weights.Select(pair => ((Contract)pair.Key.Anchor, pair.Value));

    /// <summary>What depends on parameters and statistics only, such as the scale of a normalisation.</summary>
    public List<Node> ModelNodes { get; } = [];

    /// <summary>Inputs that something other than a contraction reads, which are brought into the order of the lanes.</summary>
    public List<Value> OrderedInputs { get; } = [];

    public List<OneSampleStep> Steps { get; } = [];

    /// <summary>The plan, or null where features in the lanes do not serve.</summary>
    public static OneSamplePlan? Create(Graph.Graph graph)
    {
        var regions = Fuse.Run(graph);
        if (!OneSampleSupport.Covers(graph, regions))
        {
            return null;
        }

        var plan = new OneSamplePlan(graph);
        plan.Prepare(regions);
        plan.AddSteps(regions);
        return plan;
    }

    /// <summary>Where a region's kernel finds a value, or leaves it.</summary>
    public Location Locate(Region region, Value value)
    {
        value = Storage.Elements(value);
        if (region.Anchor is Contract contract && ReferenceEquals(value, contract.Inputs[1]))
        {
            return new Location(Space.Model, _weights[region]);
        }

        return value.Source == Source.Input && region.Anchor is Contract ? new Location(Space.Input, value.Index) : Locate(value);
    }

    /// <summary>Where a value lies in the order of the lanes.</summary>
    public Location Locate(Value value) =>
        _prepared.TryGetValue(value, out var offset) ? new Location(Space.Model, offset) : new Location(Space.Scratch, _scratch[value]);

    /// <summary>Whether a value is prepared, rather than read from the parameters.</summary>
    public bool IsPrepared(Value value) => _prepared.ContainsKey(value);

    private void Prepare(IReadOnlyList<Region> regions)
    {
        foreach (var region in regions)
        {
            if (region.IsPerModel)
            {
                ModelNodes.Add(region.Anchor);
                _prepared[region.Anchor.Output] = Allocate(region.Anchor.Output.Shape.Count);
                continue;
            }

            if (region.Anchor is Contract contract)
            {
                _weights[region] = Allocate(PackedWeights.Of(contract).Words);
            }

            var weight = region.Anchor is Contract ? region.Anchor.Inputs[1] : null;
            foreach (var value in region.Inputs.Select(Storage.Elements).Where(value => value.Source is Source.Parameter or Source.Statistic && !ReferenceEquals(value, weight)))
            {
                if (!_prepared.ContainsKey(value))
                {
                    _prepared[value] = Allocate(value.Shape.Count);
                    Copies.Add((value, _prepared[value]));
                }
            }
        }

        int Allocate(int words)
        {
            var offset = PreparedWords;
            PreparedWords += (words + VectorWidth.BlockLanes - 1) / VectorWidth.BlockLanes * VectorWidth.BlockLanes;
            return offset;
        }
    }

    private void AddSteps(IReadOnlyList<Region> regions)
    {
        var perSample = regions.Where(region => !region.IsPerModel).ToList();
        var read = new HashSet<Value>(perSample.SelectMany(region => region.Inputs).Concat(Graph.Results.Select(result => result.Value)).Select(Storage.Elements));
        var first = new Dictionary<Value, int>();
        var last = new Dictionary<Value, int>();
        for (var step = 0; step < perSample.Count; step++)
        {
            var region = perSample[step];
            var stored = region.Nodes.SelectMany(node => node.Outputs).Where(read.Contains).ToList();
            var inputs = region.Inputs.Select(Storage.Elements).Where(value => value.Scope == Scope.Sample).ToList();
            if (region.Anchor is not Contract)
            {
                OrderedInputs.AddRange(inputs.Where(value => value.Source == Source.Input && !OrderedInputs.Contains(value)));
            }

            foreach (var value in stored)
            {
                first[value] = step;
                last[value] = Graph.Results.Any(result => ReferenceEquals(Storage.Elements(result.Value), value)) ? perSample.Count : step;
            }

            foreach (var value in inputs.Where(last.ContainsKey))
            {
                last[value] = System.Math.Max(last[value], step);
            }

            Steps.Add(new OneSampleStep(region, CreateKernel(region, stored)));
        }

        foreach (var input in OrderedInputs)
        {
            (first[input], last[input]) = (0, perSample.Count);
        }

        var tenants = first.Keys.ToDictionary(value => new Tenant(value.Name, FeatureLayout.Of(value.Shape).Words, first[value], last[value]));
        var (offsets, words) = Placement.Place([.. tenants.Keys]);
        foreach (var pair in tenants)
        {
            _scratch[pair.Value] = offsets[pair.Key];
        }

        ScratchWords = words;
    }

    private static Kernel CreateKernel(Region region, IReadOnlyList<Value> stored)
    {
        var name = Schedule.KernelName(region) + "OfOne";
        return region.Anchor switch
        {
            Contract => FeatureContractKernel.Create(region, stored, name),
            Window => FeatureWindowKernel.Create(region, stored, name),
            Reduce { Kind: ReduceKind.LogSumExp } => FeatureLogSumExpKernel.Create(region, name),
            _ => FeatureLoopKernel.Create(region, stored, name),
        };
    }
}
