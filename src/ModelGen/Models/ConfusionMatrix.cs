using System.Globalization;
using System.Text;

namespace ModelGen;

/// <summary>How often each class was taken for each class, and what follows from it. Shares without a case are zero.</summary>
public sealed class ConfusionMatrix
{
    /// <summary>The most classes an evaluation makes a matrix of; beyond it the matrix would outgrow the model.</summary>
    public const int MostClasses = 1024;

    private readonly long[] _counts;

    internal ConfusionMatrix(int classes)
    {
        Classes = classes;
        _counts = new long[classes * classes];
    }

    /// <summary>The number of classes.</summary>
    public int Classes { get; }

    /// <summary>The cases counted.</summary>
    public long Total => _counts.Sum();

    /// <summary>The share of cases that were taken for what they are, 0 … 1.</summary>
    public double Accuracy
    {
        get
        {
            long correct = 0;
            for (var label = 0; label < Classes; label++)
            {
                correct += this[label, label];
            }

            return Share(correct, Total);
        }
    }

    /// <summary>The mean of <see cref="Precision"/> over all classes.</summary>
    public double MacroPrecision => Mean(Precision);

    /// <summary>The mean of <see cref="Recall"/> over all classes.</summary>
    public double MacroRecall => Mean(Recall);

    /// <summary>The mean of <see cref="F1"/> over all classes.</summary>
    public double MacroF1 => Mean(F1);

    /// <summary>The mean of <see cref="IntersectionOverUnion"/> over the classes that occur, as cases or as what cases were taken for.</summary>
    public double MeanIntersectionOverUnion
    {
        get
        {
            var (sum, classes) = (0.0, 0);
            for (var label = 0; label < Classes; label++)
            {
                if (Support(label) + Taken(label) > 0)
                {
                    sum += IntersectionOverUnion(label);
                    classes++;
                }
            }

            return classes == 0 ? 0 : sum / classes;
        }
    }

    /// <summary>The cases of class <paramref name="label"/> that were taken for class <paramref name="predicted"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public long this[int label, int predicted]
    {
        get => _counts[Position(label, predicted)];
        internal set => _counts[Position(label, predicted)] = value;
    }

    /// <summary>The cases of a class.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public long Support(int label)
    {
        long cases = 0;
        for (var predicted = 0; predicted < Classes; predicted++)
        {
            cases += this[label, predicted];
        }

        return cases;
    }

    /// <summary>Of the cases taken for a class, the share that are of it, 0 … 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Precision(int label) => Share(this[label, label], Taken(label));

    /// <summary>Of the cases of a class, the share taken for it, 0 … 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Recall(int label) => Share(this[label, label], Support(label));

    /// <summary>The harmonic mean of <see cref="Precision"/> and <see cref="Recall"/>, 0 … 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double F1(int label)
    {
        var (precision, recall) = (Precision(label), Recall(label));
        return precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
    }

    /// <summary>
    /// Of the cases that are of a class or were taken for it, the share that both holds for, 0 … 1: of pixels, how well the
    /// area found covers the area there is (Jaccard's index).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double IntersectionOverUnion(int label) => Share(this[label, label], Support(label) + Taken(label) - this[label, label]);

    /// <summary>A table: a row for each class, a column for what it was taken for.</summary>
    public override string ToString()
    {
        var width = Math.Max(_counts.Max(), Classes - 1).ToString(CultureInfo.InvariantCulture).Length + 2;
        var rowWidth = (Classes - 1).ToString(CultureInfo.InvariantCulture).Length;
        var text = new StringBuilder().Append(' ', rowWidth);
        for (var predicted = 0; predicted < Classes; predicted++)
        {
            text.Append(predicted.ToString(CultureInfo.InvariantCulture).PadLeft(width));
        }

        for (var label = 0; label < Classes; label++)
        {
            text.Append('\n').Append(label.ToString(CultureInfo.InvariantCulture).PadLeft(rowWidth));
            for (var predicted = 0; predicted < Classes; predicted++)
            {
                text.Append(this[label, predicted].ToString(CultureInfo.InvariantCulture).PadLeft(width));
            }
        }

        return text.ToString();
    }

    private long Taken(int label)
    {
        long taken = 0;
        for (var other = 0; other < Classes; other++)
        {
            taken += this[other, label];
        }

        return taken;
    }

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;

    private double Mean(Func<int, double> score)
    {
        double sum = 0;
        for (var label = 0; label < Classes; label++)
        {
            sum += score(label);
        }

        return sum / Classes;
    }

    private int Position(int label, int predicted)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, Classes);
        ArgumentOutOfRangeException.ThrowIfNegative(predicted);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(predicted, Classes);
        return (label * Classes) + predicted;
    }
}
