using System.Globalization;

namespace ModelGen.Tests.Numeric;

/// <summary>The bits that training and prediction leave with the vectors of this process, a line for each network; also as a process of its own.</summary>
internal static class TrainedBits
{
    /// <summary>The argument that makes this assembly such a process.</summary>
    public const string Argument = "print-trained-bits";

    private const int Batch = 37;

    private static readonly string[] s_networks =
    [
        "Input(2, 12, 14), Conv2D(16, 3, Padding = 1, UseBias = false), BatchNorm, ReLU, Label(\"a\"), MaxPool2D(2), Conv2D(20, 3, Padding = 1), GELU, ConvTranspose2D(16, 2, Stride = 2), Concat(\"a\"), Conv2D(17, 3, Padding = 1), Tanh, SpatialDropout(0.2), GlobalAveragePool, Dense(5), SoftmaxCrossEntropy",
        "Input(1, 9, 7), Conv2D(3, 5, Stride = 2, Padding = 2), ELU, DepthwiseConv2D(3), GroupNorm(3), SiLU, Flatten, Dense(130), Sigmoid, Dropout(0.3), Dense(3), MeanSquaredError",
        "Input(2, 4, 6, 6), Conv3D(5, 3, Padding = 1), Softplus, AveragePool3D(2), Flatten, LayerNorm, Dense(4), BinaryCrossEntropy",
        "Tokens(11, Vocabulary = 12, Lengths = true), Embedding(7), LSTM(18, Bidirectional = true, Peepholes = true), MultiHeadAttention(2), Dense(12), SoftmaxCrossEntropy",
        "Sequence(9, 5), LSTM(40, Projection = 17), GRU(33), SimpleRNN(20), Last, Dense(4), Huber",
        "Sequence(12, 4, Lengths = true), GRU(9, ResetAfter = false), Dense(6), CTC(2, MaxLength = 7)",
    ];

    /// <summary>The lines: gradients, parameters and statistics after three steps, predictions of many samples. A single one adds in another order, which the width decides.</summary>
    public static string[] Compute() => [.. CompiledModels.Load(s_networks).Select(model => Compute(model.Value))];

    /// <summary>Prints the lines.</summary>
    public static int Print()
    {
        foreach (var line in Compute())
        {
            Console.WriteLine(line);
        }

        return 0;
    }

    private static string Compute(CompiledModel model)
    {
        var data = new ModelData(model);
        data.Reset(model);
        var (inputs, labels) = data.Take(Batch, 0, Batch);
        var trainer = model.CreateTrainer(new Adam(0.01f), Batch, threads: 1);
        var losses = Enumerable.Range(0, 3).Select(_ => model.Step(inputs, labels)).ToList();
        model.CreatePredictor();
        float[][] outputs = [.. data.OutputElements.Select(count => new float[count * Batch])];
        model.Predict(inputs, outputs);
        return string.Join(
            ' ',
            Digest(losses),
            Digest(trainer.Gradients.SelectMany(gradient => gradient.Values.ToArray())),
            Digest(model.Parameters.SelectMany(parameter => parameter.Values.ToArray())),
            Digest(outputs.SelectMany(values => values)));
    }

    // FNV-1a: G. Fowler, L. C. Noll, K.-P. Vo, "FNV hash".
    private static string Digest(IEnumerable<float> values) =>
        values.Aggregate(14695981039346656037UL, (hash, value) => unchecked((hash ^ BitConverter.SingleToUInt32Bits(value)) * 1099511628211UL)).ToString("x16", CultureInfo.InvariantCulture);
}
