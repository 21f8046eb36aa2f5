namespace ModelGen;

/// <summary>
/// Brings values to a common scale: normalised = (value − offset) · scale, with an offset and a scale for each feature.
/// Fit it on the training part alone and apply it to everything, so that nothing of the test part leaks into training.
/// </summary>
/// <remarks>
/// A sample of E elements and F features has E/F neighbouring elements for each feature: F = E scales every element on its
/// own, F = C every channel of a (C, H, W) image, F = 1 all elements alike. A feature that never varies gets the scale 1.
/// </remarks>
public sealed class Normalization
{
    private readonly float[] _offsets;
    private readonly float[] _scales;

    /// <summary>A normalization with given numbers, such as those a checkpoint was trained with.</summary>
    /// <param name="offsets">What is subtracted, for each feature.</param>
    /// <param name="scales">What the difference is multiplied with, for each feature; not zero.</param>
    /// <exception cref="ArgumentException">The lengths differ or are zero, or a number is not finite, or a scale is zero.</exception>
    public Normalization(ReadOnlySpan<float> offsets, ReadOnlySpan<float> scales)
    {
        if (offsets.IsEmpty || offsets.Length != scales.Length)
        {
            throw new ArgumentException($"{offsets.Length} offsets and {scales.Length} scales; expected one of each for each feature, at least one.", nameof(scales));
        }

        for (var i = 0; i < offsets.Length; i++)
        {
            if (!float.IsFinite(offsets[i]) || !float.IsFinite(scales[i]) || scales[i] == 0)
            {
                throw new ArgumentException($"Feature {i} has offset {offsets[i]} and scale {scales[i]}; expected finite numbers and a scale that is not zero.", nameof(scales));
            }
        }

        _offsets = offsets.ToArray();
        _scales = scales.ToArray();
    }

    /// <summary>What is subtracted, for each feature.</summary>
    public ReadOnlySpan<float> Offsets => _offsets;

    /// <summary>What the difference is multiplied with, for each feature.</summary>
    public ReadOnlySpan<float> Scales => _scales;

    /// <summary>The number of features.</summary>
    public int Features => _offsets.Length;

    /// <summary>Takes each feature to mean 0 and standard deviation 1 (the biased one, divided by the number of values).</summary>
    /// <param name="column">The training part; at least one sample.</param>
    /// <param name="features">The number of features, a divisor of the column's elements; zero for one feature an element.</param>
    /// <exception cref="ArgumentException">The column is empty or its elements cannot be divided among so many features.</exception>
    public static Normalization Standard(DatasetColumn column, int features = 0)
    {
        features = CheckFeatures(column, features);
        var values = column.Floats;
        var run = column.Elements / features;
        var places = (double)column.Count * run;

        // Summed from the first value on, so that the mean of a constant is that constant and its variance zero.
        var means = new double[features];
        for (var feature = 0; feature < features; feature++)
        {
            means[feature] = values[feature * run];
        }

        for (var i = 0; i < values.Length; i++)
        {
            var feature = i / run % features;
            means[feature] += (values[i] - (double)values[feature * run]) / places;
        }

        var variances = new double[features];
        for (var i = 0; i < values.Length; i++)
        {
            var deviation = values[i] - means[i / run % features];
            variances[i / run % features] += deviation * deviation / places;
        }

        return new(Array.ConvertAll(means, mean => (float)mean), Array.ConvertAll(variances, variance => Reciprocal(Math.Sqrt(variance))));
    }

    /// <summary>Takes the least value of each feature to 0 and the greatest to 1.</summary>
    /// <param name="column">The training part; at least one sample.</param>
    /// <param name="features">The number of features, a divisor of the column's elements; zero for one feature an element.</param>
    /// <exception cref="ArgumentException">The column is empty or its elements cannot be divided among so many features.</exception>
    public static Normalization MinMax(DatasetColumn column, int features = 0)
    {
        features = CheckFeatures(column, features);
        var values = column.Floats;
        var run = column.Elements / features;

        var least = new float[features];
        var greatest = new float[features];
        least.AsSpan().Fill(float.PositiveInfinity);
        greatest.AsSpan().Fill(float.NegativeInfinity);
        for (var i = 0; i < values.Length; i++)
        {
            var feature = i / run % features;
            least[feature] = Math.Min(least[feature], values[i]);
            greatest[feature] = Math.Max(greatest[feature], values[i]);
        }

        var scales = new float[features];
        for (var feature = 0; feature < features; feature++)
        {
            scales[feature] = Reciprocal((double)greatest[feature] - least[feature]);
        }

        return new(least, scales);
    }

    /// <summary>Normalises whole samples in place. Allocates nothing.</summary>
    /// <param name="values">[sample][element].</param>
    /// <param name="elements">The number of values of one sample, a multiple of <see cref="Features"/>; zero for as many as features.</param>
    /// <exception cref="ArgumentException">The values are not a whole number of samples, or the elements cannot be divided among the features.</exception>
    public void Apply(Span<float> values, int elements = 0)
    {
        var run = CheckElements(values.Length, elements);
        for (var i = 0; i < values.Length; i++)
        {
            var feature = i / run % Features;
            values[i] = (values[i] - _offsets[feature]) * _scales[feature];
        }
    }

    /// <summary>Undoes <see cref="Apply(Span{float}, int)"/>: brings predictions of normalised targets back to their own scale.</summary>
    /// <inheritdoc cref="Apply(Span{float}, int)"/>
    public void Invert(Span<float> values, int elements = 0)
    {
        var run = CheckElements(values.Length, elements);
        for (var i = 0; i < values.Length; i++)
        {
            var feature = i / run % Features;
            values[i] = (values[i] / _scales[feature]) + _offsets[feature];
        }
    }

    /// <summary>A normalised copy of a column.</summary>
    /// <param name="column">Floating-point values; its elements a multiple of <see cref="Features"/>.</param>
    /// <exception cref="ArgumentException">The elements cannot be divided among the features.</exception>
    public DatasetColumn Apply(DatasetColumn column)
    {
        ArgumentNullException.ThrowIfNull(column);
        var values = column.Floats.ToArray();
        Apply(values, column.Elements);
        return DatasetColumn.FromFloats(values, column.Elements);
    }

    /// <summary>The same data set with one input normalised.</summary>
    /// <param name="data">The data set; left as it is.</param>
    /// <param name="input">The position of the input.</param>
    /// <exception cref="ArgumentException">The input's elements cannot be divided among the features.</exception>
    public Dataset Apply(Dataset data, int input = 0)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfNegative(input);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(input, data.Inputs.Length);
        var inputs = data.Inputs.ToArray();
        inputs[input] = Apply(inputs[input]);
        return new(inputs, data.Labels);
    }

    private static int CheckFeatures(DatasetColumn column, int features)
    {
        ArgumentNullException.ThrowIfNull(column);
        if (column.Count == 0)
        {
            throw new ArgumentException("The column has no samples; expected at least one.", nameof(column));
        }

        features = features == 0 ? column.Elements : features;
        return features > 0 && column.Elements % features == 0
            ? features
            : throw new ArgumentException($"{column.Elements} elements cannot be divided evenly among {features} features.", nameof(features));
    }

    private int CheckElements(int length, int elements)
    {
        elements = elements == 0 ? Features : elements;
        if (elements < 0 || elements % Features != 0)
        {
            throw new ArgumentException($"{elements} elements cannot be divided evenly among {Features} features.", nameof(elements));
        }

        return length % elements == 0
            ? elements / Features
            : throw new ArgumentException($"{length} values are not a whole number of samples of {elements} values each.", "values");
    }

    // A constant feature carries nothing; dividing by its spread of zero would make it a NaN.
    private static float Reciprocal(double spread) => spread > 0 && float.IsFinite((float)(1 / spread)) ? (float)(1 / spread) : 1f;
}
