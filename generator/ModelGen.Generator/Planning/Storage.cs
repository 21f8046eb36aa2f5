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
}

/// <summary>A place in memory: a space and the first word there.</summary>
internal readonly record struct Location(Space Space, int Offset);

/// <summary>Views share the memory of what they view.</summary>
internal static class Storage
{
    /// <summary>The value whose memory this one shares: itself, or what it is a view of.</summary>
    public static Value Root(Value value)
    {
        while (value.Producer is Reshape reshape)
        {
            value = reshape.Inputs[0];
        }

        return value;
    }
}
