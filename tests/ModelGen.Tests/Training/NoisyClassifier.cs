using System.Runtime.CompilerServices;
using ModelGen.CompilerServices;

namespace ModelGen.Tests.Training;

/// <summary>
/// Three classes from two numbers, softmax(W·(x + noise) + b), with a running mean of the inputs: written by hand, with
/// everything a checkpoint must keep. The noise depends on the step and the sample, as dropout does.
/// </summary>
internal sealed class NoisyClassifier : IModel<NoisyClassifier>
{
    public const int Features = 2;
    public const int Classes = 3;

    private const int Bias = 16;
    private const int RunningMean = 32;

    // Vectors of sums: [class][feature] weights, biases, the loss, the inputs.
    private const int BiasSums = Classes * Features;
    private const int LossSum = BiasSums + Classes;
    private const int InputSums = LossSum + 1;
    private const int Sums = InputSums + Features;

    public NoisyClassifier(int seed = 0) => Parameters = new ParameterSet(Definition, seed);

    public static ModelDefinition Definition { get; } = new(
        "NoisyClassifier",
        [new InputDefinition("input", [Features], Vocabulary: 0)],
        [new OutputDefinition("output", [Classes], OutputKind.ClassProbabilities)],
        [new LossDefinition("labels", "softmax_cross_entropy_1", 0, [], Classes, null, null, 1)],
        [
            new ParameterDefinition("dense_1.weight", [Classes, Features], 0, false, DefaultInitializer.UniformFanIn, Features, Classes),
            new ParameterDefinition("dense_1.bias", [Classes], Bias, false, DefaultInitializer.UniformFanIn, Features, Classes),
            new ParameterDefinition("running_mean", [Features], RunningMean, true, DefaultInitializer.Zeros, Features, Features),
        ],
        TrainedWords: 32,
        ParameterWords: 48,
        [new LayerSummary("dense_1", "Dense(3)", [Classes], 9, 1_000_000, 0, 1_000_000)],
        Predict: new Program(ProgramKind.Predict),
        Evaluate: new Program(ProgramKind.Evaluate),
        Train: new Program(ProgramKind.Train));

    public static ModelSummary Summary { get; } = new(Definition);

    /// <summary>Called on this thread at the end of every pass of training, with the number of passes since it was set.</summary>
    [field: ThreadStatic]
    public static Action? AfterPass { get; set; }

    public ParameterSet Parameters { get; }

    public static NoisyClassifier Create(int seed = 0) => new(seed);

    public Trainer CreateTrainer(Optimizer optimizer, int batch, int threads = 1) => new RowTrainer(this, optimizer, batch, threads);

    public Predictor CreatePredictor() => new RowPredictor(this);

    /// <summary>Three clouds of samples around three corners; the classes take turns.</summary>
    public static Dataset CreateData(int samples, int seed, int turn = 0)
    {
        var random = new SeededRandom(seed);
        var inputs = new float[samples * Features];
        var labels = new int[samples];
        for (var row = 0; row < samples; row++)
        {
            var corner = row % Classes;
            inputs[2 * row] = (float)(Math.Cos(2.1 * corner) + (0.3 * random.NextGaussian()));
            inputs[(2 * row) + 1] = (float)(Math.Sin(2.1 * corner) + (0.3 * random.NextGaussian()));
            labels[row] = (corner + turn) % Classes;
        }

        return Dataset.ForClassification(inputs, Features, labels);
    }

    private enum ProgramKind
    {
        Predict,
        Evaluate,
        Train,
    }

    private sealed class RowTrainer(NoisyClassifier model, Optimizer optimizer, int batch, int threads)
        : Trainer(NoisyClassifier.Definition, model.Parameters, optimizer, batch, threads);

    private sealed class RowPredictor(NoisyClassifier model) : Predictor(NoisyClassifier.Definition, model.Parameters);

    private sealed class Program(ProgramKind kind) : CompiledProgram
    {
        public override ProgramLayout Layout { get; } = new(1, 0, 0, Sums * Lanes.Count, 16, Groups: 4);

        public override void RunBlock(int phase, in BlockContext context)
        {
            Span<float> inputs = stackalloc float[Features];
            Span<float> probabilities = stackalloc float[Classes];
            for (var lane = 0; lane < Lanes.Count; lane++)
            {
                for (var feature = 0; feature < Features; feature++)
                {
                    var noise = kind == ProgramKind.Train ? Noise(context.RandomKey, (context.Index * Lanes.Count) + lane, feature) : 0;
                    inputs[feature] = Unsafe.Add(ref context.Input(0), (feature * Lanes.Count) + lane) + noise;
                }

                Predict(ref context.Parameters, inputs, probabilities);
                for (var c = 0; c < Classes; c++)
                {
                    Unsafe.Add(ref context.Output(0), (c * Lanes.Count) + lane) = probabilities[c];
                }

                if (kind != ProgramKind.Predict && Unsafe.Add(ref context.Mask, lane) != 0)
                {
                    AddSample(context, lane, inputs, probabilities);
                }
            }
        }

        public override void FinishPhase(int phase, in PhaseContext context)
        {
            if (kind == ProgramKind.Predict)
            {
                return;
            }

            Unsafe.Add(ref context.Model, 2) = Unsafe.Add(ref context.Model, 1) * Total(context, LossSum);
            if (kind == ProgramKind.Evaluate)
            {
                return;
            }

            for (var i = 0; i < Classes * Features; i++)
            {
                Unsafe.Add(ref context.Gradients, i) = Total(context, i);
            }

            for (var c = 0; c < Classes; c++)
            {
                Unsafe.Add(ref context.Gradients, Bias + c) = Total(context, BiasSums + c);
            }

            for (var feature = 0; feature < Features; feature++)
            {
                ref var mean = ref Unsafe.Add(ref context.Parameters, RunningMean + feature);
                mean = (0.9f * mean) + (0.1f * Total(context, InputSums + feature) / context.Model);
            }

            AfterPass?.Invoke();
        }

        private static void AddSample(in BlockContext context, int lane, ReadOnlySpan<float> inputs, ReadOnlySpan<float> probabilities)
        {
            var label = Unsafe.Add(ref BlockContext.AsInts(ref context.Labels(0)), lane);
            var scale = Unsafe.Add(ref context.Model, 1);
            ref var sums = ref Unsafe.Add(ref context.Sums, lane);
            for (var c = 0; c < Classes; c++)
            {
                var slope = scale * (probabilities[c] - (c == label ? 1 : 0));
                for (var feature = 0; feature < Features; feature++)
                {
                    Unsafe.Add(ref sums, ((c * Features) + feature) * Lanes.Count) += slope * inputs[feature];
                }

                Unsafe.Add(ref sums, (BiasSums + c) * Lanes.Count) += slope;
            }

            Unsafe.Add(ref sums, LossSum * Lanes.Count) -= MathF.Log(probabilities[label]);
            for (var feature = 0; feature < Features; feature++)
            {
                Unsafe.Add(ref sums, (InputSums + feature) * Lanes.Count) += inputs[feature];
            }
        }

        private static void Predict(ref float parameters, ReadOnlySpan<float> inputs, Span<float> probabilities)
        {
            var sum = 0f;
            for (var c = 0; c < Classes; c++)
            {
                var logit = Unsafe.Add(ref parameters, Bias + c);
                for (var feature = 0; feature < Features; feature++)
                {
                    logit += Unsafe.Add(ref parameters, (c * Features) + feature) * inputs[feature];
                }

                probabilities[c] = MathF.Exp(logit);
                sum += probabilities[c];
            }

            for (var c = 0; c < Classes; c++)
            {
                probabilities[c] /= sum;
            }
        }

        private static float Total(in PhaseContext context, int vector)
        {
            var sum = 0f;
            for (var group = 0; group < context.GroupCount; group++)
            {
                Lanes.SumInto(ref Unsafe.Add(ref context.Sums, ((group * Sums) + vector) * Lanes.Count), 1, ref sum);
            }

            return sum;
        }

        private static float Noise(uint key, int sample, int feature)
        {
            var bits = (key ^ ((uint)sample * 0x9E3779B9) ^ ((uint)feature * 0x85EBCA6B)) * 0xC2B2AE35;
            return 0.2f * (((bits >> 8) / (float)(1 << 24)) - 0.5f);
        }
    }
}
