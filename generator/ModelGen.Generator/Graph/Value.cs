namespace ModelGen.Generator.Graph;

/// <summary>Whether there is one value for each sample of a batch, or one for the whole model and step.</summary>
internal enum Scope
{
    /// <summary>One value for all samples: parameters, statistics, gradients of parameters, the mean loss.</summary>
    Model,

    /// <summary>One value for every sample: inputs, activations and their gradients.</summary>
    Sample,
}

/// <summary>What the elements of a value are.</summary>
internal enum Element
{
    Float,

    /// <summary>32-bit integers: class labels, token ids, positions of maxima.</summary>
    Int,
}

/// <summary>Where a value without a producing node comes from.</summary>
internal enum Source
{
    /// <summary>A node of the graph computes it.</summary>
    Node,

    /// <summary>An input of the network, given by the caller.</summary>
    Input,

    /// <summary>The labels or targets of a loss, given by the caller.</summary>
    Label,

    /// <summary>A trained parameter.</summary>
    Parameter,

    /// <summary>A saved number that is not trained, such as a running mean.</summary>
    Statistic,

    /// <summary>The number of samples in the step, a scalar.</summary>
    SampleCount,

    /// <summary>One for a real sample, zero for padding of the last block; a scalar per sample.</summary>
    SampleMask,

    /// <summary>What a loss is multiplied with: its weight divided by the number of labels that count; a scalar.</summary>
    LossScale,

    /// <summary>What the batch before has left in a stateful layer, for each of its rows.</summary>
    State,

    /// <summary>In the body of a scan: the step of a sequence.</summary>
    Step,

    /// <summary>In the body of a scan: what the step before handed on.</summary>
    Carry,
}

/// <summary>A value of the graph: an array of a fixed shape, for each sample or for the model.</summary>
internal sealed class Value
{
    public Value(int id, string name, Shape shape, Scope scope, Element element, Source source, int index)
    {
        Id = id;
        Name = name;
        Shape = shape;
        Scope = scope;
        Element = element;
        Source = source;
        Index = index;
    }

    /// <summary>Unique in its graph, in the order of creation.</summary>
    public int Id { get; }

    /// <summary>A readable name, such as <c>conv2d_1.weight</c>; need not be unique.</summary>
    public string Name { get; }

    public Shape Shape { get; }

    public Scope Scope { get; }

    public Element Element { get; }

    public Source Source { get; }

    /// <summary>The position among the inputs (states behind them), labels, parameters or statistics, as <see cref="Source"/> says; zero for a node's.</summary>
    public int Index { get; }

    /// <summary>The node that computes this value, or null.</summary>
    public Node? Producer { get; set; }

    /// <summary>The concatenation that this value is written straight into, and the element it begins at; null where it has memory of its own.</summary>
    public (Value Whole, int Offset)? Part { get; set; }

    public override string ToString() => $"%{Id}";
}
