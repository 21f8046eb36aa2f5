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

    /// <summary>Checks token ids that stay in the caller's memory.</summary>
    /// <param name="tokens">The token ids of samples, one after another.</param>
    /// <param name="input">The input.</param>
    /// <exception cref="ArgumentException">A token is not in the vocabulary.</exception>
    public static void CheckTokens(ReadOnlySpan<int> tokens, InputDefinition input)
    {
        if (tokens.IndexOfAnyExceptInRange(0, input.Vocabulary - 1) is >= 0 and var i)
        {
            var elements = Extents.Product(input.Shape);
            var (row, place) = Math.DivRem(i, elements);
            throw Refuse(input.Name, "token", tokens[i], row, elements == 1 ? null : place, $"0 … {input.Vocabulary - 1}");
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
        var wrong = loss.Lengths < 0
            ? CountIn(batch, batch.Labels, index, loss.Classes, loss.IgnoredLabel, loss.ClassWeights, out var counted)
            : CountValid(batch, index, loss, out counted);
        if (wrong is { } place)
        {
            var expected = $"0 … {loss.Classes - 1}" + (loss.IgnoredLabel is { } ignored ? $", or {ignored} to take no part" : "");
            throw Refuse(batch, batch.Labels, index, place, loss.Name, "label", expected, rows);
        }

        return counted;
    }

    /// <summary>Checks the lengths of the current samples.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="index">The position of the lengths.</param>
    /// <param name="lengths">The lengths.</param>
    /// <param name="input">The input whose samples have them.</param>
    /// <param name="rows">The rows of a data set the samples come from; empty when they stand in the caller's order.</param>
    /// <exception cref="ArgumentException">A length is less than one or more than the input's.</exception>
    public static void CheckLengths(SampleBatch batch, int index, InputDefinition lengths, InputDefinition input, ReadOnlySpan<int> rows)
    {
        if (batch.Lengths(index)[..batch.Samples].IndexOfAnyExceptInRange(1, input.Shape[0]) is >= 0 and var sample)
        {
            throw Refuse(batch, batch.Inputs, index, sample, lengths.Name, "length", $"1 … {input.Shape[0]}, the steps of '{input.Name}'", rows);
        }
    }

    /// <summary>The targets of the current samples that take part in a loss.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="loss">The loss.</param>
    public static double CountTargets(SampleBatch batch, LossDefinition loss)
    {
        var ends = new StepEnds(batch, loss);
        var counted = 0.0;
        for (var sample = 0; sample < batch.Samples; sample++)
        {
            counted += ends[sample];
        }

        return counted;
    }

    // The first word that is out of range and within its sample's length, or null.
    private static int? CountValid(SampleBatch batch, int index, LossDefinition loss, out double counted)
    {
        var elements = batch.Labels.Elements[index];
        var words = batch.Labels.Ints(index, batch.Blocks);
        var ends = new StepEnds(batch, loss);
        counted = 0;
        for (var sample = 0; sample < batch.Samples; sample++)
        {
            for (var element = 0; element < ends[sample]; element++)
            {
                var word = (((sample / Lanes.Count * elements) + element) * Lanes.Count) + (sample % Lanes.Count);
                if (!TryCount(words[word], loss.Classes, loss.IgnoredLabel, loss.ClassWeights, ref counted))
                {
                    return word;
                }
            }
        }

        return null;
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
        return Refuse(name, what, buffers.Ints(index, batch.Blocks)[word], row, elements == 1 ? null : element, expected);
    }

    private static ArgumentException Refuse(string name, string what, int found, int row, int? place, string expected) =>
        new($"{name}: {what} {found} of row {row}{(place is null ? "" : $", place {place}")}; expected {expected}.", name);
}
