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
    /// Lets every unit remember over a span of its own, from one step to the whole lag: the bias of the gate that keeps is
    /// log(U(1, lag)), that of an LSTM's input gate its negative; a GRU's update gate is both.
    /// Tallec and Ollivier, "Can recurrent neural networks warp time?", ICLR 2018.
    /// </summary>
    public static void RememberLong(ParameterSet parameters, string layer, bool hasInputGate)
    {
        var input = parameters[$"{layer}.bias_ih_l0"].Values;
        var recurrent = parameters[$"{layer}.bias_hh_l0"].Values;
        var random = new SeededRandom(7);
        for (var unit = 0; unit < Units; unit++)
        {
            // The forget gate of an LSTM and the update gate of a GRU are the second; an LSTM's input gate is the first.
            var keep = MathF.Log(1 + (random.NextSingle() * (CopyData.Lag - 1)));
            (input[Units + unit], recurrent[Units + unit]) = (keep, 0);
            if (hasInputGate)
            {
                (input[unit], recurrent[unit]) = (-keep, 0);
            }
        }
    }
}
