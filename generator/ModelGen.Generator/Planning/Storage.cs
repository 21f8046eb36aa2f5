using System.Collections.Generic;
using System.Linq;
using ModelGen.Generator.Graph;
using ModelGen.Generator.Primitives;

namespace ModelGen.Generator.Planning;

/// <summary>Where values are kept.</summary>
internal enum Space
{
    /// <summary>Memory of one worker, reused block after block.</summary>
    Scratch,

    /// <summary>Memory of one block that outlives a phase.</summary>
    Block,

    /// <summary>Sums over the samples of one group of blocks.</summary>
    Sums,

    /// <summary>Memory that exists once.</summary>
    Model,

    /// <summary>The parameter arena: trained parameters, then statistics.</summary>
    Parameters,

    /// <summary>The gradient arena, laid out as the trained parameters.</summary>
    Gradients,

    /// <summary>An input as the caller gave it; the offset is its index.</summary>
    Input,

    /// <summary>The labels of a loss; the offset is its index.</summary>
    Labels,

    /// <summary>An output for the caller; the offset is its index.</summary>
    Output,

    /// <summary>The lanes that hold samples.</summary>
    Mask,

    /// <summary>What a stream of one sample remembers from step to step.</summary>
    Carry,

    /// <summary>The row of a table that a token of one sample names; the offset is the number of the row.</summary>
    Row,
}

/// <summary>A place in memory: a space, the first word there (or the index of an input, of labels, of an output, of a row), and words past it.</summary>
/// <param name="Space">The memory.</param>
/// <param name="Offset">The first word, or the index.</param>
/// <param name="Within">Words past it.</param>
/// <param name="Step">In the body of a scan: the words from one step to the next.</param>
/// <param name="Time">In the body of a scan: the steps gone, as C#; one of two where a value alternates between places.</param>
internal readonly record struct Location(Space Space, int Offset, int Within = 0, int Step = 0, string Time = "t")
{
    /// <summary>The place some words on; where the offset is an index, they are counted apart.</summary>
    public Location Past(int words) => Space is Space.Input or Space.Labels or Space.Output or Space.Row
        ? this with { Within = Within + words }
        : this with { Offset = Offset + words };
}

/// <summary>Where a value lies in the memory of another: the value that has memory, and the element this one begins at.</summary>
internal readonly record struct Residence(Value Root, int Offset);

/// <summary>
/// Values that share memory: reshapes and slices are views of what they are taken from, and what is written straight into a
/// concatenation is a view of that.
/// </summary>
internal static class Storage
{
    /// <summary>The value whose memory this one shares: itself, or what it is a part or a view of.</summary>
    public static Value Root(Value value) => Find(value).Root;

    /// <summary>The value whose memory this one shares, and where in it this one begins.</summary>
    public static Residence Find(Value value)
    {
        var offset = 0;
        while (true)
        {
            if (value.Part is { } part)
            {
                offset += part.Offset;
                value = part.Whole;
            }
            else if (value.Producer is Reshape)
            {
                value = value.Producer.Inputs[0];
            }
            else if (value.Producer is Slice slice && IsView(slice))
            {
                offset += slice.Start * slice.Inputs[0].Shape.Strides()[slice.Axis];
                value = slice.Inputs[0];
            }
            else
            {
                return new(value, offset);
            }
        }
    }

    /// <summary>The value that has the same elements in the same order: itself, or what it is a reshape of.</summary>
    public static Value Elements(Value value)
    {
        while (value.Producer is Reshape reshape)
        {
            value = reshape.Inputs[0];
        }

        return value;
    }

    /// <summary>Whether a node computes nothing, because its result is where its inputs are.</summary>
    public static bool IsView(Node node) => node switch
    {
        Reshape => true,
        Slice slice => IsOutermost(slice.Output.Shape, slice.Axis),
        Concat concat => concat.Inputs.All(input => Elements(input).Part is { } part && ReferenceEquals(part.Whole, concat.Output)),
        _ => false,
    };

    /// <summary>Whether the places along an axis lie one after another, whatever their number.</summary>
    public static bool IsOutermost(Shape shape, int axis) => shape.Extents.Take(axis).All(extent => extent == 1);

    /// <summary>The nodes that must have run before a value can be read.</summary>
    public static IEnumerable<Node> Writers(Value value) => value.Producer switch
    {
        null => [],
        { } view when IsView(view) => view.Inputs.SelectMany(Writers),
        { } producer => [producer],
    };
}
