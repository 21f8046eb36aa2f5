using ModelGen;

namespace CopyTaskSample;

/// <summary>Elman's network: whatever it remembers passes through a matrix and a tanh at every step.</summary>
[Model(GradientNorms = true), Tokens(CopyData.Length, Vocabulary = CopyData.Vocabulary)]
[Embedding(Networks.EmbeddingSize), SimpleRNN(Networks.Units), Last, Dense(CopyData.Symbols), SoftmaxCrossEntropy]
public partial class SimpleNet;

/// <summary>A long short-term memory: its cell is kept but for what the forget gate takes away.</summary>
[Model(GradientNorms = true), Tokens(CopyData.Length, Vocabulary = CopyData.Vocabulary)]
[Embedding(Networks.EmbeddingSize), LSTM(Networks.Units), Last, Dense(CopyData.Symbols), SoftmaxCrossEntropy]
public partial class LstmNet;

/// <summary>A gated recurrent unit: its state is kept but for what the update gate lets in.</summary>
[Model(GradientNorms = true), Tokens(CopyData.Length, Vocabulary = CopyData.Vocabulary)]
[Embedding(Networks.EmbeddingSize), GRU(Networks.Units), Last, Dense(CopyData.Symbols), SoftmaxCrossEntropy]
public partial class GruNet;

/// <summary>What the three networks share, and how their gates begin.</summary>
internal static class Networks
{
    /// <summary>The numbers that stand for a token.</summary>
    public const int EmbeddingSize = 8;

    /// <summary>The numbers of the state.</summary>
    public const int Units = 32;

    /// <summary>
    /// Lets every unit of an LSTM remember over a span of its own, from one step to the whole lag: forget bias log(U(1, lag)), input
    /// bias its negative. Tallec and Ollivier, "Can recurrent neural networks warp time?", ICLR 2018.
    /// </summary>
    public static void RememberLong(LstmNet net)
    {
        var input = net.Parameters["lstm_1.bias_ih_l0"].Values;
        var recurrent = net.Parameters["lstm_1.bias_hh_l0"].Values;
        var random = new SeededRandom(7);
        for (var unit = 0; unit < Units; unit++)
        {
            var forget = Forget(random);
            (input[unit], recurrent[unit]) = (-forget, 0);
            (input[Units + unit], recurrent[Units + unit]) = (forget, 0);
        }
    }

    /// <summary>The same for a GRU, whose update gate is both: large where the state is kept.</summary>
    public static void RememberLong(GruNet net)
    {
        var input = net.Parameters["gru_1.bias_ih_l0"].Values;
        var recurrent = net.Parameters["gru_1.bias_hh_l0"].Values;
        var random = new SeededRandom(7);
        for (var unit = 0; unit < Units; unit++)
        {
            (input[Units + unit], recurrent[Units + unit]) = (Forget(random), 0);
        }
    }

    private static float Forget(SeededRandom random) => MathF.Log(1 + (random.NextSingle() * (CopyData.Lag - 1)));
}
