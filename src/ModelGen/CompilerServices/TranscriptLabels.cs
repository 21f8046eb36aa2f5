using System.ComponentModel;
using System.Runtime.InteropServices;

namespace ModelGen.CompilerServices;

/// <summary>Transcripts for <c>CTC</c>: a row holds the number of a sample's labels, then the labels, then zeros.</summary>
/// <param name="steps">The steps of the scores.</param>
/// <param name="classes">The number of classes, the blank among them.</param>
/// <param name="blank">The class that no label may be.</param>
/// <param name="most">The most labels of a sample.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TranscriptLabels(int steps, int classes, int blank, int most) : CountedLabels
{
    /// <inheritdoc/>
    public override int Elements => 1;

    /// <inheritdoc/>
    public override bool IsInt => true;

    /// <summary>The steps of the scores.</summary>
    public int Steps { get; } = steps;

    /// <inheritdoc/>
    internal override string Unit => "labels";

    /// <inheritdoc/>
    internal override string? Write(ReadOnlySpan<float> labels, int steps, Span<float> row)
    {
        var transcript = MemoryMarshal.Cast<float, int>(labels);
        if (transcript.Length > most)
        {
            return $"{transcript.Length} labels; expected at most {most}";
        }

        // A blank must stand between equal neighbours, or they would be read as one.
        var needed = transcript.Length;
        for (var i = 0; i < transcript.Length; i++)
        {
            if ((uint)transcript[i] >= (uint)classes || transcript[i] == blank)
            {
                return $"label {transcript[i]} at place {i}; expected 0 … {classes - 1}, but not the blank {blank}";
            }

            needed += i > 0 && transcript[i] == transcript[i - 1] ? 1 : 0;
        }

        if (needed > steps)
        {
            return $"a transcript that needs {needed} steps, one for each of its {transcript.Length} labels and one between equal neighbours; expected at most {steps}";
        }

        var words = MemoryMarshal.Cast<float, int>(row);
        words[0] = transcript.Length;
        transcript.CopyTo(words[1..]);
        words[(1 + transcript.Length)..].Clear();
        return null;
    }
}
