using System.Numerics;
using System.Runtime.InteropServices;
using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>Checks class labels and token ids in the lanes before anything is indexed with them, and counts what takes part in a loss.</summary>
internal static class IndexCheck
{
    /// <summary>Checks the token ids of the current samples.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="index">The position of the input.</param>
    /// <param name="input">The input.</param>
    /// <param name="rows">The rows of a data set the samples come from; empty when they stand in the caller's order.</param>
    /// <exception cref="ArgumentException">A token is not in the vocabulary.</exception>
    public static void CheckTokens(SampleBatch batch, int index, InputDefinition input, ReadOnlySpan<int> rows)
    {
        if (CountIn(batch, batch.Inputs, index, input.Vocabulary, ignored: null, weights: null, out _) is { } place)
        {
            throw Refuse(batch, batch.Inputs, index, place, input.Name, "token", $"0 … {input.Vocabulary - 1}", rows);
        }
    }

    /// <summary>Checks the class labels of the current samples.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="index">The position of the loss.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="rows">The rows of a data set the samples come from; empty when they stand in the caller's order.</param>
    /// <returns>The labels that take part, each counted with the weight of its class.</returns>
    /// <exception cref="ArgumentException">A label is neither a class nor the ignored label.</exception>
    public static double CheckLabels(SampleBatch batch, int index, LossDefinition loss, ReadOnlySpan<int> rows)
    {
        if (CountIn(batch, batch.Labels, index, loss.Classes, loss.IgnoredLabel, loss.ClassWeights, out var counted) is { } place)
        {
            var expected = $"0 … {loss.Classes - 1}" + (loss.IgnoredLabel is { } ignored ? $", or {ignored} to take no part" : "");
            throw Refuse(batch, batch.Labels, index, place, loss.Name, "label", expected, rows);
        }

        return counted;
    }

    // The first word that is out of range, or null. Whole blocks lie one after another and are checked as one.
    private static int? CountIn(
        SampleBatch batch, LaneBuffers buffers, int index, int classes, int? ignored, float[]? weights, out double counted)
    {
        var wholeBlocks = batch.Samples / Lanes.Count;
        var blockWords = buffers.Elements[index] * Lanes.Count;
        var words = buffers.Ints(index, batch.Blocks);
        var whole = words[..(wholeBlocks * blockWords)];
        counted = 0;
        if (weights is not null || !TryCountVectors(whole, classes, ignored, out counted))
        {
            for (var i = 0; i < whole.Length; i++)
            {
                if (!TryCount(whole[i], classes, ignored, weights, ref counted))
                {
                    return i;
                }
            }
        }

        var lanes = batch.Samples % Lanes.Count;
        for (var i = whole.Length; i < words.Length; i++)
        {
            if (i % Lanes.Count < lanes && !TryCount(words[i], classes, ignored, weights, ref counted))
            {
                return i;
            }
        }

        return null;
    }

    private static bool TryCount(int label, int classes, int? ignored, float[]? weights, ref double counted)
    {
        if (label == ignored)
        {
            return true;
        }

        if ((uint)label >= (uint)classes)
        {
            return false;
        }

        counted += weights is null ? 1 : weights[label];
        return true;
    }

    private static bool TryCountVectors(ReadOnlySpan<int> labels, int classes, int? ignored, out double counted)
    {
        var limit = new Vector<uint>((uint)classes);
        var skipped = new Vector<int>(ignored ?? -1);
        var skips = new Vector<int>(ignored is null ? 0 : -1);
        var outside = Vector<uint>.Zero;
        var ignoredCount = Vector<int>.Zero;
        foreach (var vector in MemoryMarshal.Cast<int, Vector<int>>(labels))
        {
            var isIgnored = Vector.Equals(vector, skipped) & skips;
            outside |= Vector.AndNot(Vector.GreaterThanOrEqual(vector.As<int, uint>(), limit), isIgnored.As<int, uint>());
            ignoredCount -= isIgnored;
        }

        counted = labels.Length - Vector.Sum(ignoredCount);
        return outside == Vector<uint>.Zero;
    }

    private static ArgumentException Refuse(
        SampleBatch batch, LaneBuffers buffers, int index, int word, string name, string what, string expected, ReadOnlySpan<int> rows)
    {
        var elements = buffers.Elements[index];
        var block = word / (elements * Lanes.Count);
        var element = word / Lanes.Count % elements;
        var sample = batch.FirstSample + (block * Lanes.Count) + (word % Lanes.Count);
        var row = rows.IsEmpty ? sample : rows[sample];
        var place = elements == 1 ? "" : $", place {element}";
        var found = buffers.Ints(index, batch.Blocks)[word];
        return new ArgumentException($"{name}: {what} {found} of row {row}{place}; expected {expected}.", name);
    }
}
