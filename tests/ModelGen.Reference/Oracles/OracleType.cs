namespace ModelGen.Reference.Oracles;

/// <summary>What an axis of a value means.</summary>
internal enum OracleRole
{
    /// <summary>The channels of a signal, image or volume.</summary>
    Channel,

    /// <summary>A place: a row, a column, a position of a signal.</summary>
    Space,

    /// <summary>A step of a sequence.</summary>
    Time,

    /// <summary>The features of a vector.</summary>
    Feature,
}

/// <summary>
/// The type of a value of one sample: extents, outermost first, what each axis means, the number of token ids, if any, and the
/// input whose lengths its steps have; −1 where all steps count.
/// </summary>
internal sealed record OracleType(int[] Extents, OracleRole[] Roles, int Vocabulary = 0, int Lengths = -1)
{
    /// <summary>The number of elements.</summary>
    public int Count => Places.Count(Extents);

    /// <summary>The axis that dense layers, softmax, normalisation and losses act on: the channels or features.</summary>
    /// <exception cref="InvalidOperationException">There is none, or several.</exception>
    public int ChannelAxis => Enumerable.Range(0, Roles.Length).Single(axis => Roles[axis] is OracleRole.Channel or OracleRole.Feature);

    /// <summary>The value seen as lines along the channel axis.</summary>
    public OracleLines ChannelLines => OracleLines.Along(Extents, ChannelAxis);

    /// <summary>The same roles with another extent on one axis.</summary>
    public OracleType With(int axis, int extent) => this with { Extents = [.. Extents.Select((own, other) => other == axis ? extent : own)] };

    /// <summary>A value of the given extents, its first axis the channels: a vector, signal, image or volume.</summary>
    public static OracleType ChannelsFirst(params int[] extents) => new(
        extents,
        extents.Length == 1 ? [OracleRole.Feature] : [OracleRole.Channel, .. Enumerable.Repeat(OracleRole.Space, extents.Length - 1)]);

    /// <summary>The extents as a reader writes them, such as <c>(6, 24, 24)</c>.</summary>
    public override string ToString() => $"({string.Join(", ", Extents)})";
}

/// <summary>Row-major elements seen as lines along one axis: <see cref="Outer"/> times <see cref="Inner"/> lines of <see cref="Length"/> elements.</summary>
internal readonly record struct OracleLines(int Outer, int Length, int Inner)
{
    /// <summary>The lines along an axis of the given extents.</summary>
    public static OracleLines Along(int[] extents, int axis) =>
        new(Places.Count(extents.Take(axis)), extents[axis], Places.Count(extents.Skip(axis + 1)));

    /// <summary>The number of lines.</summary>
    public int Count => Outer * Inner;

    /// <summary>The position in row-major order of an element of a line.</summary>
    public int Index(int line, int element) => (((line / Inner * Length) + element) * Inner) + (line % Inner);

    /// <summary>The elements of one line.</summary>
    public double[] Read(double[] row, int line)
    {
        var elements = new double[Length];
        for (var element = 0; element < Length; element++)
        {
            elements[element] = row[Index(line, element)];
        }

        return elements;
    }

    /// <summary>Puts the elements of one line back.</summary>
    public void Write(double[] row, int line, double[] elements)
    {
        for (var element = 0; element < Length; element++)
        {
            row[Index(line, element)] = elements[element];
        }
    }
}
