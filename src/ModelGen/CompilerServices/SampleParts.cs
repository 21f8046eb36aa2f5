using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ModelGen.CompilerServices;

/// <summary>Which part of the prediction of a single sample a thread does, and where it meets the others.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct SampleParts
{
    private readonly MeetingPoint? _meeting;

    internal SampleParts(int part, int parts, MeetingPoint? meeting)
    {
        Part = part;
        Parts = parts;
        _meeting = meeting;
    }

    /// <summary>One thread that does everything.</summary>
    public static SampleParts Whole => new(0, 1, null);

    /// <summary>The part of each step that this thread does, from 0 to one less than <see cref="Parts"/>.</summary>
    public int Part { get; }

    /// <summary>The threads that share the prediction.</summary>
    public int Parts { get; }

    /// <summary>Whether this thread does what cannot be shared.</summary>
    public bool IsFirst => Part == 0;

    /// <summary>Waits until all threads have come here.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Meet() => _meeting?.Meet();
}
