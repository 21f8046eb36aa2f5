using ModelGen;
using Spectre.Console;

namespace PerceptronSample;

/// <summary>Trains a perceptron on a truth table, one input after another, until nothing has to be corrected or it gives up.</summary>
internal sealed class PerceptronLesson(IAnsiConsole console, TruthTable table, int epochs)
{
    private const int ShownEpochs = 8;

    private readonly Perceptron _perceptron = new();
    private readonly SeededRandom _random = new(1);

    private Span<float> Weight => _perceptron.Parameters["dense_1.weight"].Values;

    private Span<float> Bias => _perceptron.Parameters["dense_1.bias"].Values;

    /// <summary>Trains and prints each epoch; returns a picture of the best that was found.</summary>
    public DecisionMap Run()
    {
        console.Write(new Rule($"[bold]a perceptron learns {table.Name}[/]").LeftJustified());
        Weight.Clear();
        Bias.Clear();

        var log = new Table().Border(TableBorder.Simple).AddColumns("epoch", "corrections", "right", "weight 1", "weight 2", "bias");
        var trainer = _perceptron.CreateTrainer(new Sgd(1f), batch: 1);
        var best = _perceptron.Parameters.Clone();
        var (most, learned) = (0, 0);
        for (var epoch = 1; epoch <= epochs && learned == 0; epoch++)
        {
            var corrections = RunEpoch(trainer);
            var right = CountRight();
            if (right > most)
            {
                most = right;
                best.CopyFrom(_perceptron.Parameters);
            }

            learned = corrections == 0 ? epoch : 0;
            if (epoch <= ShownEpochs || epoch == epochs || learned > 0)
            {
                log.AddRow($"{epoch:N0}", $"{corrections}", $"{right} of {TruthTable.Count}", $"{Weight[0]:0}", $"{Weight[1]:0}", $"{Bias[0]:0}");
            }
            else if (epoch == ShownEpochs + 1)
            {
                log.AddRow("…");
            }
        }

        console.Write(log);
        console.MarkupLine(learned > 0
            ? $"[green]Learned in {learned} epochs[/]: a straight line divides the two classes, and the rule finds one."
            : $"[yellow]Not learned in {epochs:N0} epochs[/], never more than {most} of {TruthTable.Count} right: no straight line divides the two classes.");
        console.WriteLine();
        _perceptron.Parameters.CopyFrom(best);
        return new DecisionMap($"{table.Name}, perceptron", table, _perceptron.CreatePredictor().Predict);
    }

    // Every input once, in random order; a wrong decision changes the bias, a right one nothing.
    private int RunEpoch(Perceptron.Trainer trainer)
    {
        int[] order = [0, 1, 2, 3];
        _random.Shuffle(order);
        var corrections = 0;
        foreach (var i in order)
        {
            var bias = Bias[0];
            trainer.Step(TruthTable.Inputs.AsSpan(2 * i, 2), table.Outputs.AsSpan(i, 1));
            corrections += Bias[0] != bias ? 1 : 0;
        }

        return corrections;
    }

    private int CountRight()
    {
        Span<float> decisions = stackalloc float[TruthTable.Count];
        _perceptron.CreatePredictor().Predict(TruthTable.Inputs, decisions);
        var right = 0;
        for (var i = 0; i < TruthTable.Count; i++)
        {
            right += decisions[i] == table.Outputs[i] ? 1 : 0;
        }

        return right;
    }
}
