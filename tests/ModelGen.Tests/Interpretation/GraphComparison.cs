using ModelGen.Generator;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Layers;
using ModelGen.Generator.Passes;
using ModelGen.Generator.Planning;
using ModelGen.Generator.Primitives;
using ModelGen.Reference.Interpretation;
using ModelGen.Reference.Oracles;
using Xunit;

namespace ModelGen.Tests.Interpretation;

/// <summary>
/// Runs the graph of a model through the interpreter as it is lowered, differentiated and rewritten: no pass may change a
/// number, and in the end all are the oracle's.
/// </summary>
internal sealed class GraphComparison
{
    private const int Samples = 3;
    private const uint RandomKey = 12345;
    private const double SameNumber = 1e-12;

    /// <summary>Options such as a slope are kept in single precision by the compiler.</summary>
    private const double OracleNumber = 5e-7;

    private readonly string _layers;
    private readonly Network _network;
    private readonly Oracle _oracle;
    private readonly OracleBatch _batch;
    private readonly Dictionary<string, double[]> _parameters;
    private readonly GraphInputs _inputs;

    private GraphComparison(string layers, Network network, Oracle oracle, bool ignored, int[]? lengths)
    {
        _layers = layers;
        _network = network;
        _oracle = oracle;
        var all = lengths is null ? HashedNumbers.Lengths(oracle, Samples) : [lengths[..Samples]];
        var states = StatesOf(network);
        _batch = new OracleBatch(
            HashedNumbers.Inputs(oracle, Samples),
            HashedNumbers.Labels(oracle, Samples, ignored, all),
            all,
            states.GroupBy(state => state.Layer).ToDictionary(
                layer => layer.Key, layer => Enumerable.Range(0, Samples).Select(sample => layer.SelectMany(state => state.Rows[sample]).ToArray()).ToArray()));
        _parameters = HashedNumbers.Parameters(oracle);
        _inputs = new GraphInputs
        {
            Samples = Samples,
            Inputs = [.. _batch.Arguments, .. states.Select(state => state.Rows)],
            Labels = [.. oracle.Losses.Zip(_batch.Labels, (loss, labels) => labels.Select(loss.Laid).ToArray())],
            Parameters = [.. Named(isStatistic: false).Select(name => _parameters[name])],
            Statistics = [.. Named(isStatistic: true).Select(name => _parameters[name])],
            LossScales = oracle.Scales(_batch, _parameters),
            RandomKey = RandomKey,
        };
    }

    /// <summary>Compares every mode of a model.</summary>
    public static void Check(string layers, Network network, Oracle oracle, bool ignored = false, int[]? lengths = null)
    {
        var comparison = new GraphComparison(layers, network, oracle, ignored, lengths);
        comparison.CheckPredictions(Mode.Predict);
        if (oracle.Losses.Count > 0)
        {
            comparison.CheckPredictions(Mode.Evaluate);
            comparison.CheckTraining();
        }
    }

    private void CheckPredictions(Mode mode)
    {
        var values = RunPasses(mode, ModelCompiler.ForwardPasses);
        var expected = _oracle.Predict(mode == Mode.Predict ? _batch with { States = null } : _batch, _parameters);
        for (var output = 0; output < expected.Length; output++)
        {
            Same($"{mode}: output {output}", Flat(expected[output]), Flat(values.Result(ResultKind.Prediction, output)), OracleNumber);
        }

        if (mode == Mode.Evaluate)
        {
            CheckLosses(mode, values, _oracle.Evaluate(_batch, _parameters));
        }
    }

    private void CheckTraining()
    {
        var values = RunPasses(Mode.Train, [.. ModelCompiler.ForwardPasses, .. ModelCompiler.TrainingPasses]);
        var expected = _oracle.Gradients(
            _batch, _parameters, noise: (stream, sample, element) => CompilerServices.VectorRandom.Uniform(RandomKey, stream, (uint)sample, element));
        CheckLosses(Mode.Train, values, expected.Losses);
        CheckStates(values, expected.States);
        foreach (var (name, index) in Named(isStatistic: false).Select((name, index) => (name, index)))
        {
            var zeros = new double[_parameters[name].Length];
            var isZero = !values.Results().Any(result => result.Kind == ResultKind.Gradient && result.Index == index);
            Same(
                "gradient of " + name,
                expected.Gradients.GetValueOrDefault(name, zeros),
                isZero ? zeros : Flat(values.Result(ResultKind.Gradient, index)),
                OracleNumber);
        }

        foreach (var (name, index) in Named(isStatistic: true).Select((name, index) => (name, index)))
        {
            Same(name, expected.Statistics[name], Flat(values.Result(ResultKind.Statistic, index)), OracleNumber);
        }
    }

    private void CheckStates(GraphValues values, IReadOnlyDictionary<string, double[][]> expected)
    {
        foreach (var layer in StatesOf(_network).Select((state, index) => (state.Layer, Index: _network.Outputs.Count + index)).GroupBy(state => state.Layer))
        {
            for (var sample = 0; sample < Samples; sample++)
            {
                Same($"state of {layer.Key}", expected[layer.Key][sample], [.. layer.SelectMany(state => values.Result(ResultKind.State, state.Index)[sample])], OracleNumber);
            }
        }
    }

    /// <summary>States for every stateful layer, in the order of the graph's: h, then c.</summary>
    private static List<(string Layer, double[][] Rows)> StatesOf(Network network) =>
    [
        .. Lower.Run(network, network.Losses.Any() ? Mode.Train : Mode.Predict).Sources.Where(source => source.Source == Source.State).Select((source, index) => (
            source.Name[..source.Name.LastIndexOf('.')],
            Enumerable.Range(0, Samples).Select(sample => Enumerable.Range(0, source.Shape.Count)
                .Select(i => HashedNumbers.Uniform(700 + (ulong)index, (sample * source.Shape.Count) + i)).ToArray()).ToArray())),
    ];

    private void CheckLosses(Mode mode, GraphValues values, double[] expected)
    {
        for (var loss = 0; loss < expected.Length; loss++)
        {
            Same($"{mode}: loss {loss}", [expected[loss]], Flat(values.Result(ResultKind.Loss, loss)), OracleNumber);
        }
    }

    /// <summary>The values after all passes; after each, what was computed before must be the same.</summary>
    private GraphValues RunPasses(Mode mode, IEnumerable<Pass> passes)
    {
        var graph = Lower.Run(_network, mode);
        var values = Interpreter.Run(graph, _inputs);
        foreach (var pass in passes)
        {
            var before = values.Results().ToList();
            pass.Run(graph);
            values = Interpreter.Run(graph, _inputs);
            Unchanged($"{mode} after {pass.Name}", before, values);
        }

        var unfused = values.Results().ToList();
        new GatherInSteps().Run(graph);
        new WriteInPlace().Run(graph);
        Reorder(graph);
        values = Interpreter.Run(graph, _inputs);
        Unchanged($"{mode} in the order of regions", unfused, values);
        return values;
    }

    /// <summary>Puts the nodes in the order in which their regions run; views go where they are read first.</summary>
    private static void Reorder(Graph graph)
    {
        var views = graph.Nodes.Where(Storage.IsView).ToHashSet();
        var order = new List<Node>();
        foreach (var node in Fuse.Run(graph).SelectMany(region => region.Nodes).Concat(views.ToList()))
        {
            Append(node);
        }

        graph.Nodes.Clear();
        graph.Nodes.AddRange(order);

        void Append(Node node)
        {
            if (order.Contains(node))
            {
                return;
            }

            foreach (var view in node.Inputs.Select(input => input.Producer).OfType<Node>().Where(views.Contains))
            {
                Append(view);
            }

            order.Add(node);
        }
    }

    private void Unchanged(string when, List<(ResultKind Kind, int Index, double[][] Elements)> before, GraphValues after)
    {
        foreach (var (kind, index, elements) in before)
        {
            Same($"{when}: {kind} {index}", Flat(elements), Flat(after.Result(kind, index)), SameNumber);
        }
    }

    private IEnumerable<string> Named(bool isStatistic) =>
        _oracle.Parameters.Where(parameter => parameter.IsStatistic == isStatistic).Select(parameter => parameter.Name);

    private void Same(string what, double[] expected, double[] found, double tolerance)
    {
        Assert.True(expected.Length == found.Length, $"[Model, {_layers}] {what} has {found.Length} elements, expected {expected.Length}.");
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.True(
                Math.Abs(expected[i] - found[i]) <= tolerance * Math.Max(1, Math.Abs(expected[i])),
                $"[Model, {_layers}] {what}[{i}] is {found[i]:R}, expected {expected[i]:R}.");
        }
    }

    private static double[] Flat(IEnumerable<double[]> rows) => [.. rows.SelectMany(row => row)];
}
