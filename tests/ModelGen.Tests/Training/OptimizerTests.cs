using Xunit;

namespace ModelGen.Tests.Training;

/// <summary>Every optimizer against 100 steps of PyTorch, which Goldens/optimizers.py describes.</summary>
public sealed class OptimizerTests
{
    private const int Count = 21;
    private const int Words = 32;

    private static readonly Dictionary<string, Optimizer> s_optimizers = new()
    {
        ["sgd"] = new Sgd(0.1f),
        ["sgd decay"] = new Sgd(0.1f) { WeightDecay = 0.01f },
        ["sgd momentum"] = new Sgd(0.05f) { Momentum = 0.9f },
        ["sgd momentum dampening decay"] = new Sgd(0.05f) { Momentum = 0.8f, Dampening = 0.3f, WeightDecay = 0.02f },
        ["sgd nesterov"] = new Sgd(0.05f) { Momentum = 0.9f, Nesterov = true, WeightDecay = 0.001f },
        ["sgd clip value"] = new Sgd(0.1f) { Momentum = 0.5f, ClipValue = 0.3f },
        ["sgd clip norm"] = new Sgd(0.1f) { Momentum = 0.5f, ClipNorm = 0.7f },
        ["adam clip both"] = new Adam(0.01f) { ClipValue = 0.5f, ClipNorm = 0.7f },
        ["rmsprop"] = new RmsProp(),
        ["rmsprop momentum decay"] = new RmsProp(0.002f) { Alpha = 0.95f, Momentum = 0.9f, WeightDecay = 0.01f },
        ["rmsprop centered"] = new RmsProp(0.005f) { Centered = true },
        ["rmsprop centered momentum"] = new RmsProp(0.002f) { Alpha = 0.9f, Epsilon = 1e-6f, Momentum = 0.5f, Centered = true },
        ["adam"] = new Adam(),
        ["adam decay"] = new Adam(0.01f) { Beta1 = 0.8f, Beta2 = 0.99f, Epsilon = 1e-6f, WeightDecay = 0.05f },
        ["adam amsgrad"] = new Adam(0.02f) { AmsGrad = true },
        ["adamw"] = new AdamW(0.01f),
        ["adamw amsgrad"] = new AdamW(0.01f) { WeightDecay = 0.1f, AmsGrad = true },
        ["adam cosine"] = new Adam(0.01f) { Schedule = new CosineSchedule(100) },
        ["sgd step"] = new Sgd(0.1f) { Momentum = 0.9f, Schedule = new StepSchedule(30, 0.5f) },
    };

    public static TheoryData<string> Names => [.. s_optimizers.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void FollowsPyTorchFor100Steps(string name)
    {
        var golden = OptimizerGoldens.Optimizer(name);
        var run = new Run(s_optimizers[name]);
        for (var step = 0; step < 100; step++)
        {
            run.Step(pieces: 1);
            if (golden.TryGetValue(step + 1, out var expected))
            {
                for (var i = 0; i < Count; i++)
                {
                    var tolerance = 1e-6f + (1e-5f * Math.Abs(expected[i]));
                    Assert.True(
                        Math.Abs(run.Parameters[i] - expected[i]) <= tolerance,
                        $"{name}, parameter {i} after {step + 1} steps: {run.Parameters[i]}, PyTorch {expected[i]}.");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void PaddingStaysZeroAndPiecesChangeNoBit(string name)
    {
        var whole = new Run(s_optimizers[name]);
        var pieces = new Run(s_optimizers[name]);
        for (var step = 0; step < 20; step++)
        {
            whole.Step(pieces: 1);
            pieces.Step(pieces: 2);
        }

        Assert.All(whole.Parameters[Count..], number => Assert.Equal(0, number));
        Assert.All(whole.Parameters, number => Assert.True(float.IsFinite(number)));
        Assert.Equal(whole.Parameters, pieces.Parameters);
        Assert.Equal(whole.Moments, pieces.Moments);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void MomentsNeverBecomeDenormal(string name)
    {
        var run = new Run(s_optimizers[name]);
        run.Step(pieces: 1);
        for (var step = 0; step < 3000; step++)
        {
            run.Step(pieces: 1, gradients: new float[Words]);
        }

        Assert.DoesNotContain(run.Moments, float.IsSubnormal);
    }

    [Fact]
    public void GradientDescentTakesThePlainStep()
    {
        var descent = new Run(new GradientDescent(0.1f) { WeightDecay = 0.01f });
        var sgd = new Run(new Sgd(0.1f) { WeightDecay = 0.01f });
        for (var step = 0; step < 5; step++)
        {
            descent.Step(pieces: 1);
            sgd.Step(pieces: 1);
        }

        Assert.Equal(sgd.Parameters, descent.Parameters);
    }

    [Fact]
    public void WeightDecayScaleOfARangeCounts()
    {
        var undecayed = new Run(new Sgd(0.1f)) { WeightDecayScale = 5 };
        var unscaled = new Run(new AdamW(0.1f) { WeightDecay = 0.2f });
        var scaled = new Run(new AdamW(0.1f) { WeightDecay = 0.4f }) { WeightDecayScale = 0.5f };
        var plain = new Run(new Sgd(0.1f));
        foreach (var run in new[] { undecayed, unscaled, scaled, plain })
        {
            run.Step(pieces: 1);
        }

        Assert.Equal(plain.Parameters, undecayed.Parameters);
        Assert.Equal(unscaled.Parameters, scaled.Parameters);
    }

    [Fact]
    public void SumOfSquaresIsNotFiniteWhenAGradientIsNot()
    {
        var optimizer = new Sgd(0.1f) { ClipNorm = 1 };
        Assert.Equal(25, optimizer.SumOfSquares([3, 0, 0, 4, .. new float[12]]));
        Assert.Equal(0.2f, optimizer.GradientScale(25), 6);
        Assert.Equal(1, optimizer.GradientScale(0.25));
        Assert.True(double.IsNaN(optimizer.SumOfSquares([.. new float[20], float.NaN, .. new float[11]])));
        Assert.False(double.IsFinite(optimizer.SumOfSquares([.. new float[31], float.NegativeInfinity])));
        Assert.True(double.IsFinite(optimizer.SumOfSquares([.. new float[31], float.MaxValue])));
    }

    [Fact]
    public void SettingsOutsideTheirRangeAreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam(float.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { Beta1 = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { Epsilon = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW { WeightDecay = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RmsProp { Alpha = -0.1f });
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(0.1f) { ClipNorm = -2.5f });
        Assert.StartsWith("ClipNorm is -2.5; expected a positive number.", error.Message, StringComparison.Ordinal);
    }

    /// <summary>The 21 parameters of the golden script, padded to two lines of 16 words.</summary>
    private sealed class Run
    {
        private readonly Optimizer _optimizer;
        private int _steps;

        public Run(Optimizer optimizer)
        {
            _optimizer = optimizer;
            Moments = new float[optimizer.MomentArenas * Words];
            for (var i = 0; i < Count; i++)
            {
                Parameters[i] = (float)Math.Cos(i);
            }
        }

        public float[] Parameters { get; } = new float[Words];

        public float[] Moments { get; }

        public float WeightDecayScale { get; init; } = 1;

        public void Step(int pieces, float[]? gradients = null)
        {
            gradients ??= Gradients();
            var scale = _optimizer.GradientScale(_optimizer.SumOfSquares(gradients));
            var length = Words / pieces;
            for (var offset = 0; offset < Words; offset += length)
            {
                _optimizer.Update(new OptimizerStep
                {
                    Parameters = Parameters.AsSpan(offset, length),
                    Gradients = gradients.AsSpan(offset, length),
                    Moments = Moments,
                    MomentWords = Words,
                    Offset = offset,
                    Updates = _steps + 1,
                    LearningRate = _optimizer.LearningRateAt(_steps, 0),
                    WeightDecayScale = WeightDecayScale,
                    GradientScale = scale,
                });
            }

            _steps++;
        }

        private float[] Gradients()
        {
            var gradients = new float[Words];
            for (var i = 0; i < Count; i++)
            {
                gradients[i] = (float)(Math.Pow(10, -(i % 5)) * Math.Sin(0.37 * (i + 1) * (_steps + 1))) + (0.1f * Parameters[i]);
            }

            return gradients;
        }
    }
}
