using ModelGen.Generator.Graph;

namespace ModelGen.Reference.Interpretation;

/// <summary>
/// Every value of a graph after <see cref="Interpreter.Run"/>: one array of elements, row-major, for each sample, or a
/// single one for a value of the model.
/// </summary>
internal sealed class GraphValues
{
    private readonly Dictionary<Value, double[][]> _values = [];
    private readonly Graph _graph;

    internal GraphValues(Graph graph, int samples)
    {
        _graph = graph;
        Samples = samples;
    }

    /// <summary>The number of samples the graph was run for.</summary>
    public int Samples { get; }

    /// <summary>The elements of a value: [sample][element], or [0][element] where its scope is the model.</summary>
    /// <exception cref="InvalidOperationException">Nothing computed the value.</exception>
    public double[][] this[Value value] =>
        _values.TryGetValue(value, out var elements)
            ? elements
            : throw new InvalidOperationException($"The value {value} ({value.Name}) is read before anything computes it.");

    /// <summary>The elements of the value the graph was run for: a prediction, loss, gradient or statistic.</summary>
    /// <exception cref="InvalidOperationException">The graph has no such result, or several.</exception>
    public double[][] Result(ResultKind kind, int index) =>
        this[_graph.Results.Single(result => result.Kind == kind && result.Index == index).Value];

    /// <summary>All results by kind and index, in the order the graph lists them.</summary>
    public IEnumerable<(ResultKind Kind, int Index, double[][] Elements)> Results() =>
        _graph.Results.Select(result => (result.Kind, result.Index, this[result.Value]));

    /// <summary>Keeps the elements of a value after checking that they are as many as its scope and shape say.</summary>
    internal void Set(Value value, double[][] elements)
    {
        var rows = value.Scope == Scope.Sample ? Samples : 1;
        if (elements.Length != rows || elements.Any(row => row.Length != value.Shape.Count))
        {
            throw new InvalidOperationException(
                $"The value {value} ({value.Name}) of shape {value.Shape} holds {rows} times {value.Shape.Count} elements, " +
                $"but was given {elements.Length} times {string.Join("/", elements.Select(row => row.Length).Distinct())}.");
        }

        _values[value] = elements;
    }

    /// <summary>The elements of one sample, or those of the model for a value that has one for all.</summary>
    internal double[] Row(Value value, int sample) => this[value][value.Scope == Scope.Sample ? sample : 0];
}
