using ModelGen;
using Spectre.Console;

namespace PerceptronSample;

/// <summary>Trains the network with a hidden layer on a truth table, all inputs at once.</summary>
internal sealed class BackpropagationLesson(IAnsiConsole console, TruthTable table, int steps)
{
    private readonly TwoLayerNetwork _network = new(seed: 1);

    /// <summary>Trains and prints the loss now and then; returns a picture of what was learned.</summary>
    public DecisionMap Run()
    {
        console.Write(new Rule($"[bold]a network 2-8-1 learns {table.Name} by backpropagation[/]").LeftJustified());
        var log = new Table().Border(TableBorder.Simple).AddColumns("step", "loss", "0 0", "0 1", "1 0", "1 1");
        var trainer = _network.CreateTrainer(new Adam(0.05f), batch: TruthTable.Count);
        var targets = table.Targets;
        for (var step = 1; step <= steps; step++)
        {
            var loss = trainer.Step(TruthTable.Inputs, targets);
            if (IsShown(step))
            {
                AddRow(log, step, loss);
            }
        }

        console.Write(log);
        console.MarkupLine(HasLearned()
            ? $"[green]Learned in {steps} steps[/]: the hidden layer bends the plane so that a line is enough."
            : $"[yellow]Not learned in {steps} steps[/]: more of them, or another seed, may do.");
        console.WriteLine();
        return new DecisionMap($"{table.Name}, network 2-8-1", table, _network.CreatePredictor().Predict);
    }

    private bool HasLearned()
    {
        var outputs = Predict();
        return Enumerable.Range(0, TruthTable.Count).All(i => outputs[i] > 0.5f == (table.Outputs[i] == 1));
    }

    private float[] Predict()
    {
        var outputs = new float[TruthTable.Count];
        _network.CreatePredictor().Predict(TruthTable.Inputs, outputs);
        return outputs;
    }

    // 1, 10, 100 … and the last.
    private bool IsShown(int step) => step == steps || Math.Log10(step) % 1 == 0;

    private void AddRow(Table log, int step, float loss) =>
        log.AddRow([$"{step:N0}", $"{loss:0.0000}", .. Array.ConvertAll(Predict(), output => $"{output:0.000}")]);
}
