using ModelGen.CompilerServices;
using Xunit;

namespace ModelGen.Tests.Models;

public sealed class EvaluationTests
{
    [Fact]
    public void MetricsAreThoseComputedByHand()
    {
        var definition = TwoHeads.Definition;
        var parameters = new ParameterSet(definition, seed: 0);
        parameters[0].Values.Clear();
        var trainer = new TwoHeads.TwoHeadsTrainer(definition, parameters, batch: 2);

        // Taken for: 0, 1, 2, 1, 0 (the first of equals); the last takes no part.
        float[] numbers = [0.7f, 0.2f, 0.1f, 0.1f, 0.6f, 0.3f, 0.2f, 0.3f, 0.5f, 0.3f, 0.4f, 0.3f, 0.4f, 0.4f, 0.2f, 1, 0, 0];
        int[] labels = [0, 1, 1, 2, 1, -1];
        float[] targets = [.. numbers.Select((number, i) => number + (i < 2 ? 3 : 0))];
        var evaluation = trainer.Evaluate(numbers, new int[6], labels, targets);

        Assert.Equal(6, evaluation.SampleCount);
        Assert.Equal(2, evaluation.Losses.Count);
        var classes = evaluation.Losses[0];
        Assert.Equal(5, classes.Count);
        Assert.Equal(0.4, classes.Accuracy!.Value, 12);
        Assert.Equal(0.4, classes.TopK(1), 12);
        Assert.Equal(0.8, classes.TopK(2), 12);
        Assert.Equal(1, classes.TopK(3), 12);
        Assert.Equal(1, classes.TopK(100), 12);
        var confusion = classes.Confusion!;
        Assert.Equal("   0  1  2\n0  1  0  0\n1  1  1  1\n2  0  1  0", confusion.ToString());
        Assert.Equal((0.5, 0.5, 0.0), (confusion.Precision(0), confusion.Precision(1), confusion.Precision(2)));
        Assert.Equal((1.0, 1 / 3.0, 0.0), (confusion.Recall(0), confusion.Recall(1), confusion.Recall(2)));
        Assert.Equal(2 / 3.0, confusion.F1(0), 12);
        Assert.Equal(0.4, confusion.F1(1), 12);
        Assert.Equal(0, confusion.F1(2));
        Assert.Equal((0.5 + 0.5) / 3, confusion.MacroPrecision, 12);
        Assert.Equal((1 + (1 / 3.0)) / 3, confusion.MacroRecall, 12);
        Assert.Equal(((2 / 3.0) + 0.4) / 3, confusion.MacroF1, 12);
        Assert.Equal((0.5, 0.25, 0.0), (confusion.IntersectionOverUnion(0), confusion.IntersectionOverUnion(1), confusion.IntersectionOverUnion(2)));
        Assert.Equal(0.25, confusion.MeanIntersectionOverUnion, 12);
        Assert.Equal(3, confusion.Support(1));
        Assert.Equal(0.4, confusion.Accuracy, 12);
        Assert.Null(classes.MeanAbsoluteError);

        var values = evaluation.Losses[1];
        Assert.Equal(6.0 / 18, values.MeanAbsoluteError!.Value, 6);
        Assert.Equal(Math.Sqrt(18.0 / 18), values.RootMeanSquareError!.Value, 6);
        Assert.Null(values.Accuracy);
        Assert.Throws<InvalidOperationException>(() => values.TopK(1));
    }

    [Fact]
    public void ClassesAreCountedAlongTheirAxis()
    {
        // Two places of three classes: channels first, then time by feature.
        float[] channels = Lanes16([0.1f, 0.9f, 0.2f, 0.0f, 0.7f, 0.1f]);
        float[] features = Lanes16([0.1f, 0.2f, 0.7f, 0.9f, 0.0f, 0.1f]);
        var labels = Lanes16([BitConverter.Int32BitsToSingle(2), BitConverter.Int32BitsToSingle(0)]);
        foreach (var (output, shape, axis) in new[] { (channels, new[] { 3, 2 }, 0), (features, [2, 3], 1) })
        {
            var loss = new LossDefinition("labels", "loss", 0, [2], 3, null, null, 1, axis);
            var counter = new ClassCounter(loss, new OutputDefinition("output", shape, OutputKind.ClassProbabilities));
            counter.Add(output, labels, samples: 1, new StepEnds(loss, 1, []));
            Assert.Equal(2, counter.Count);
            Assert.Equal(1, counter.Accuracy);
        }
    }

    [Fact]
    public void StepsBeyondALengthDoNotCount()
    {
        // Three steps of two numbers, of which one counts.
        var loss = new LossDefinition("targets", "loss", 0, [3, 2], 0, null, null, 1, ClassAxis: 1, Lengths: 1);
        var counter = MetricCounter.Create(loss, new OutputDefinition("output", [3, 2], OutputKind.Value));
        counter.Add(Lanes16([1, 3, 9, 9, 9, 9]), Lanes16([0, 0, 0, 0, 0, 0]), samples: 1, new StepEnds(loss, 1, [1]));
        Assert.Equal(2, counter.Count);
        Assert.Equal(2, counter.MeanAbsoluteError);
    }

    [Fact]
    public void EventsAndDecisionsHaveTwoClasses()
    {
        var targets = new LossDefinition("targets", "loss", 0, [2], 0, null, null, 1);
        var events = MetricCounter.Create(targets, new OutputDefinition("output", [2], OutputKind.Probabilities));
        events.Add(Lanes16([0.5f, 0.4f]), Lanes16([1, 1]), samples: 1, new StepEnds(targets, 1, []));
        Assert.Equal(0.5, events.Accuracy);
        Assert.Equal(1, events.Confusion![1, 0]);

        var labels = new LossDefinition("labels", "loss", 0, [], 2, null, null, 1);
        var decisions = MetricCounter.Create(labels, new OutputDefinition("output", [1], OutputKind.Decision));
        decisions.Add(Lanes16([1]), Lanes16([BitConverter.Int32BitsToSingle(1)]), samples: 1, new StepEnds(labels, 1, []));
        decisions.Add(Lanes16([0]), Lanes16([BitConverter.Int32BitsToSingle(1)]), samples: 1, new StepEnds(labels, 1, []));
        Assert.Equal(0.5, decisions.Accuracy);
    }

    [Fact]
    public void WhatIsNotANumberIsNoPrediction()
    {
        var loss = new LossDefinition("labels", "loss", 0, [], 2, null, null, 1);
        var counter = MetricCounter.Create(loss, new OutputDefinition("output", [2], OutputKind.ClassProbabilities));
        counter.Add(Lanes16([float.NaN, float.NaN]), Lanes16([0]), samples: 1, new StepEnds(loss, 1, []));
        Assert.Equal(0, counter.Accuracy);
    }

    [Fact]
    public void TheLossOfPartsIsThatOfAllSamples()
    {
        var random = new SeededRandom(1);
        var input = Enumerable.Range(0, 3 * 70).Select(_ => random.NextSingle()).ToArray();
        var targets = Enumerable.Range(0, 70).Select(_ => random.NextSingle()).ToArray();
        var whole = new LinearRegression(seed: 1).CreateTrainer(new Sgd(0.1f), batch: 70).Evaluate(input, targets);
        var parts = new LinearRegression(seed: 1).CreateTrainer(new Sgd(0.1f), batch: 16).Evaluate(input, targets);
        Assert.Equal(whole.Loss, parts.Loss, 6);
        Assert.Equal(whole.RootMeanSquareError!.Value, parts.RootMeanSquareError!.Value, 6);
        Assert.Equal(whole.Loss, whole.RootMeanSquareError.Value * whole.RootMeanSquareError.Value, 6);
        Assert.StartsWith("70 samples: loss ", whole.ToString());
    }

    // One sample, in lane 0 of each element.
    private static float[] Lanes16(float[] values)
    {
        var lanes = new float[values.Length * Lanes.Count];
        for (var i = 0; i < values.Length; i++)
        {
            lanes[i * Lanes.Count] = values[i];
        }

        return lanes;
    }
}
