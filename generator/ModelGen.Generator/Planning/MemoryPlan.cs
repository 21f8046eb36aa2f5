using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Planning;

/// <summary>Where every value of a program is kept: liveness of what a block needs, then placement; one table for all.</summary>
internal sealed class MemoryPlan
{
    private const int Lanes = Emit.VectorWidth.BlockLanes;

    private readonly Graph.Graph _graph;
    private readonly Schedule _schedule;
    private readonly Dictionary<Value, Location> _locations = [];
    private readonly Dictionary<Value, Location> _partials = [];

    /// <summary>What stands in the body of a scan for one step of a value outside of it.</summary>
    private readonly Dictionary<Value, (Value All, int Words, string Time)> _steps = [];

    private MemoryPlan(Graph.Graph graph, Schedule schedule)
    {
        _graph = graph;
        _schedule = schedule;
    }

    public int ScratchWords { get; private set; }

    public int BlockWords { get; private set; }

    public int SumWords { get; private set; }

    public int ModelWords { get; private set; }

    /// <summary>What scratch and block memory would take if nothing shared a place.</summary>
    public int UnsharedWords { get; private set; }

    /// <summary>What lies in scratch and block memory, by address: name, first word, words, life.</summary>
    public List<(Space Space, int Offset, Tenant Tenant)> Table { get; } = [];

    /// <summary>Where the norms of the gradients of states are left in the model's memory: the name, a number for each step, the first word.</summary>
    public List<(string Name, int Steps, int Offset)> GradientNorms { get; } = [];

    /// <summary>Results that are wanted at a second place too, by phase: they are copied.</summary>
    public List<(int Phase, CopyStep Step)> Copies { get; } = [];

    /// <summary>Where a value, or what it is a view of, is kept.</summary>
    public Location this[Value value]
    {
        get
        {
            var (root, offset) = Storage.Find(value);
            var words = value.Scope == Scope.Sample ? offset * Lanes : offset;
            if (_steps.TryGetValue(root, out var step))
            {
                return this[step.All].Past(words) with { Step = step.Words, Time = step.Time };
            }

            return _locations[root].Past(words);
        }
    }

    /// <summary>Where a kernel leaves the lanes of a value that is a sum over samples.</summary>
    public Location Partial(Value value) => _partials[value];

    /// <summary>Where the group's sum of a value is kept.</summary>
    public Location Sum(Value value) => _sums[value];

    private readonly Dictionary<Value, Location> _sums = [];

    public static MemoryPlan Create(Graph.Graph graph, Schedule schedule, ParameterLayout layout)
    {
        var plan = new MemoryPlan(graph, schedule);
        plan.PlaceSources(layout);
        plan.PlaceModelValues(layout);
        plan.PlaceSums();
        plan.PlaceSampleValues();
        return plan;
    }

    private void PlaceSources(ParameterLayout layout)
    {
        foreach (var source in _graph.Sources.Concat(_graph.Nodes.OfType<Scan>().SelectMany(scan => scan.Body.Sources)).Where(source => source.Source is not (Source.Step or Source.Carry)))
        {
            _locations[source] = source.Source switch
            {
                Source.Input or Source.State => new Location(Space.Input, source.Index),
                Source.Label => new Location(Space.Labels, source.Index),
                Source.Parameter => new Location(Space.Parameters, layout.Parameters[source.Index].Offset),
                Source.Statistic => new Location(Space.Parameters, layout.Statistics[source.Index].Offset),
                Source.SampleCount => new Location(Space.Model, 0),
                Source.LossScale => new Location(Space.Model, 1 + source.Index),
                _ => new Location(Space.Mask, 0),
            };
        }
    }

    private void PlaceModelValues(ParameterLayout layout)
    {
        var losses = _graph.Results.Count(result => result.Kind == ResultKind.Loss);
        var norms = _graph.Results.Where(result => result.Kind == ResultKind.GradientNorm).OrderBy(result => result.Index).ToList();
        foreach (var norm in norms)
        {
            GradientNorms.Add((_graph.MeasuredStates[norm.Index], norm.Value.Shape.Count, 1 + (2 * losses) + GradientNorms.Sum(other => other.Steps)));
        }

        ModelWords = Round(1 + (2 * losses) + GradientNorms.Sum(norm => norm.Steps));
        var steps = _schedule.Prepare.Concat(_schedule.Phases.SelectMany(phase => phase.Finish));
        var values = steps.Select(step => step switch
        {
            TotalStep total => total.Value,
            ModelStep model => model.Region.Anchor.Output,
            WinogradWeightsStep weights => weights.Transformed,
            PackedWeightsStep weights => weights.Packed,
            _ => null,
        }).Concat(_schedule.Phases.SelectMany(phase => phase.Items).Select(item => item.Kernel.Operands[2].Value));
        foreach (var value in values.OfType<Value>())
        {
            var wanted = _graph.Results.Where(result => ReferenceEquals(Storage.Elements(result.Value), value)).Select(result => Home(result)).ToList();
            _locations[value] = wanted.Count > 0 ? wanted[0] : Allocate(value);
            foreach (var further in wanted.Skip(1))
            {
                Copies.Add((_schedule.Phases.Count - 1, new CopyStep(value, further)));
            }
        }

        // A part of a value per model is wanted at a place of its own.
        foreach (var result in _graph.Results.Where(result => result.Kind is not (ResultKind.Prediction or ResultKind.State) && Storage.Elements(result.Value).Producer is Slice slice && Storage.IsView(slice)))
        {
            Copies.Add((_schedule.Phases.Count - 1, new CopyStep(result.Value, Home(result))));
        }

        Location Home(Result result) => result.Kind switch
        {
            ResultKind.Gradient => new Location(Space.Gradients, layout.Parameters[result.Index].Offset),
            ResultKind.Statistic => new Location(Space.Parameters, layout.Statistics[result.Index].Offset),
            ResultKind.GradientNorm => new Location(Space.Model, GradientNorms[norms.IndexOf(result)].Offset),
            _ => new Location(Space.Model, 1 + losses + result.Index),
        };

        Location Allocate(Value value)
        {
            var offset = ModelWords;
            ModelWords += Round(value.Shape.Count);
            return new Location(Space.Model, offset);
        }
    }

    private void PlaceSums()
    {
        var blocks = _schedule.Phases.SelectMany(phase => phase.Blocks).ToList();
        var summed = blocks.Concat(blocks.OfType<ScanStep>().SelectMany(scan => scan.Body.Phases[0].Blocks)).Select(step => step switch
        {
            SumLanesStep lanes => lanes.Value,
            ScatterStep scatter => scatter.Scatter.Output,
            WinogradGradientStep gradient => gradient.Sum,
            _ => null,
        });
        foreach (var value in summed.OfType<Value>())
        {
            _sums[value] = new Location(Space.Sums, SumWords);
            if (value.Producer is null)
            {
                // Where kernels add to the sum themselves, they know it as any other value.
                _locations[value] = _sums[value];
            }

            SumWords += Round(value.Shape.Count);
        }
    }

    /// <summary>Finds the life of everything a block needs, decides what must outlive its phase, and places both arenas.</summary>
    private void PlaceSampleValues()
    {
        var lives = new Dictionary<(Value Value, char Kind), Life>();
        var step = 0;
        for (var phase = 0; phase < _schedule.Phases.Count; phase++)
        {
            foreach (var block in _schedule.Phases[phase].Blocks)
            {
                step = Walk(block, _schedule, phase, step, lives);
            }

            foreach (var item in _schedule.Phases[phase].Items)
            {
                Use((Storage.Root(item.Kernel.Operands[0].Value), 'v'), phase, step, lives).OutlivesBlock = true;
                Use((Storage.Root(item.Rows), 'v'), phase, step, lives).OutlivesBlock = true;
            }
        }

        foreach (var result in _graph.Results.Where(result => result.Kind is ResultKind.Prediction or ResultKind.State))
        {
            PlaceOutput(result, step, lives);
        }

        var scratch = new Dictionary<Tenant, (Value, char)>();
        var kept = new Dictionary<Tenant, (Value, char)>();
        foreach (var pair in lives.Where(pair => pair.Key.Kind != 'v' || !_locations.ContainsKey(pair.Key.Value)))
        {
            var (key, life) = (pair.Key, pair.Value);
            var words = Lanes * key.Value.Shape.Count;
            var name = key.Value.Name + (key.Kind == 'p' ? " by lane" : key.Value.Producer?.IsGradient == true ? " backward" : "");
            if (life.OutlivesBlock)
            {
                kept[new Tenant(name, words, life.FirstPhase, life.LastPhase)] = key;
            }
            else
            {
                scratch[new Tenant(name, words, life.First, life.Last)] = key;
            }
        }

        ScratchWords = PlaceIn(Space.Scratch, scratch);
        BlockWords = PlaceIn(Space.Block, kept);
    }

    private sealed class Life
    {
        public int First { get; set; } = -1;

        public int Last { get; set; }

        public int FirstPhase { get; set; }

        public int LastPhase { get; set; }

        public bool OutlivesBlock { get; set; }
    }

    /// <summary>Notes what a step uses; returns the time after it.</summary>
    private int Walk(Step step, Schedule schedule, int phase, int time, Dictionary<(Value, char), Life> lives)
    {
        switch (step)
        {
            case ScanStep scan:
                return WalkScan(scan, phase, time, lives);
            case RegionStep kernel:
                foreach (var input in kernel.Region.Inputs.Select(Storage.Root).Where(input => input.Scope == Scope.Sample && input.Source == Source.Node))
                {
                    Use((input, 'v'), phase, time, lives);
                }

                foreach (var output in step is ScatterStep or WinogradGradientStep ? [] : schedule.Stored(kernel.Region))
                {
                    Use(output.Scope == Scope.Sample ? (Storage.Root(output), 'v') : (output, 'p'), phase, time, lives);
                }

                IReadOnlyList<Value> works = step switch
                {
                    WinogradStep winograd => [winograd.Work],
                    WinogradGradientStep gradient => [gradient.Work, gradient.Sections],
                    CtcStep ctc => [ctc.Work],
                    _ => [],
                };
                foreach (var work in works)
                {
                    Use((work, 'v'), phase, time, lives);
                }

                break;
            case SumLanesStep sum:
                Use((sum.Value, 'p'), phase, time, lives);
                break;
            case RowsStep rows:
                if (Storage.Root(rows.Value) is { Source: Source.Node } source)
                {
                    Use((source, 'v'), phase, time, lives);
                }

                Use((rows.Rows, 'v'), phase, time, lives);
                break;
        }

        return time + 1;
    }

    /// <summary>What a scan reads and keeps lives from before its first step to after its last; what a step needs for itself may share.</summary>
    private int WalkScan(ScanStep step, int phase, int time, Dictionary<(Value, char), Life> lives)
    {
        var scan = step.Scan;
        foreach (var source in scan.Body.Sources.Where(source => source.Source == Source.Step))
        {
            var sequence = scan.Sequences[source.Index];
            _steps[source] = (sequence, source.Shape.Count * (sequence.Scope == Scope.Sample ? Lanes : 1), "t");
        }

        foreach (var carry in scan.Carries)
        {
            var words = carry.Source.Shape.Count * Lanes;
            var (before, after) = !carry.Alternates ? ("t", "t") : scan.IsReversed ? ("(~t & 1)", "(t & 1)") : ("(t & 1)", "(~t & 1)");
            _steps[carry.Source] = (carry.Previous, words, before);
            _steps[Storage.Root(carry.Next.Value)] = (carry.All, words, after);
        }

        foreach (var stack in scan.Stacks)
        {
            _steps[Storage.Root(stack.Inner.Value)] = (stack.Outer, stack.Inner.Value.Shape.Count * Lanes, "t");
        }

        var around = scan.Inputs.Concat(scan.Outputs).Select(Storage.Root).Where(value => value is { Source: Source.Node, Scope: Scope.Sample }).Distinct().ToList();
        UseAll();
        time++;
        foreach (var inner in step.Body.Phases[0].Blocks)
        {
            time = Walk(inner, step.Body, phase, time, lives);
        }

        UseAll();
        return time + 1;

        void UseAll()
        {
            foreach (var value in around)
            {
                Use((value, 'v'), phase, time, lives);
            }
        }
    }

    private Life Use((Value Value, char Kind) key, int phase, int time, Dictionary<(Value, char), Life> lives)
    {
        if (_steps.ContainsKey(key.Value))
        {
            return new Life();
        }

        if (!lives.TryGetValue(key, out var life))
        {
            lives[key] = life = new Life { First = time, FirstPhase = phase };
        }

        life.Last = time;
        life.LastPhase = phase;
        life.OutlivesBlock |= life.FirstPhase != phase;
        return life;
    }

    /// <summary>
    /// A prediction, or a state for the next batch, is computed where it is looked for; what is an input, a part of something, or
    /// wanted twice is copied there in the end.
    /// </summary>
    private void PlaceOutput(Result result, int end, Dictionary<(Value, char), Life> lives)
    {
        var root = Storage.Elements(result.Value);
        var target = new Location(Space.Output, result.Index);
        if (root.Source == Source.Node && ReferenceEquals(Storage.Root(root), root) && !_locations.ContainsKey(root))
        {
            _locations[root] = target;
        }
        else
        {
            Copies.Add((_schedule.Phases.Count - 1, new CopyStep(root, target)));
            if (Storage.Root(root) is { Source: Source.Node } kept)
            {
                Use((kept, 'v'), _schedule.Phases.Count - 1, end, lives);
            }
        }
    }

    private int PlaceIn(Space space, Dictionary<Tenant, (Value Value, char Kind)> tenants)
    {
        var (offsets, words) = Placement.Place([.. tenants.Keys]);
        foreach (var pair in tenants)
        {
            var location = new Location(space, offsets[pair.Key]);
            var map = pair.Value.Kind == 'p' ? _partials : _locations;
            map[pair.Value.Value] = location;
            Table.Add((space, location.Offset, pair.Key));
            UnsharedWords += pair.Key.Words;
        }

        return words;
    }

    private static int Round(int words) => (words + 15) / 16 * 16;
}
