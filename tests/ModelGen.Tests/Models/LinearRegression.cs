using System.Runtime.CompilerServices;
using ModelGen.CompilerServices;

namespace ModelGen.Tests.Models;

/// <summary>
/// y = w·x + b with the mean square error and a running mean of the inputs, written by hand as the generator writes models:
/// what the runtime is tested with, apart from the compiler.
/// </summary>
internal sealed class LinearRegression : IModel<LinearRegression>
{
    public const int Features = 3;

    private const int Bias = 16;
    private const int RunningMean = 32;

    public LinearRegression(int seed = 0) => Parameters = new ParameterSet(Definition, seed);

    public static ModelDefinition Definition { get; } = new(
        "LinearRegression",
        [new InputDefinition("input", [Features], Vocabulary: 0)],
        [new OutputDefinition("output", [1], OutputKind.Value)],
        [new LossDefinition("targets", "mean_squared_error_1", 0, [1], 0, null, null, 1)],
        [
            new ParameterDefinition("dense_1.weight", [1, Features], 0, false, DefaultInitializer.UniformFanIn, Features, 1),
            new ParameterDefinition("dense_1.bias", [1], Bias, false, DefaultInitializer.UniformFanIn, Features, 1),
            new ParameterDefinition("running_mean", [Features], RunningMean, true, DefaultInitializer.Zeros, Features, Features),
        ],
        TrainedWords: 32,
        ParameterWords: 48,
        // More operations than there are, so that even a few samples are shared between threads.
        [new LayerSummary("dense_1", "Dense(1)", [1], 4, 1_000_000, 0, 1_000_000)],
        Predict: new Forward(hasLoss: false),
        Evaluate: new Forward(hasLoss: true),
        Train: new Train());

    public static ModelSummary Summary { get; } = new(Definition);

    public ParameterSet Parameters { get; }

    public static LinearRegression Create(int seed = 0) => new(seed);

    public LinearTrainer CreateTrainer(Optimizer optimizer, int batch, int threads = 1) => new(this, optimizer, batch, threads);

    public LinearPredictor CreatePredictor() => new(this);

    Trainer IModel<LinearRegression>.CreateTrainer(Optimizer optimizer, int batch, int threads) => CreateTrainer(optimizer, batch, threads);

    Predictor IModel<LinearRegression>.CreatePredictor() => CreatePredictor();

    internal sealed class LinearTrainer(LinearRegression model, Optimizer optimizer, int batch, int threads)
        : Trainer(Definition, model.Parameters, optimizer, batch, threads)
    {
        /// <summary>Called in the middle of a step, when the inputs are bound.</summary>
        public Action? DuringStep { get; set; }

        public float Step(ReadOnlySpan<float> input, ReadOnlySpan<float> targets)
        {
            using var turn = BeginStep(input.Length);
            Bind(input, targets);
            DuringStep?.Invoke();
            return RunStep();
        }

        public float ComputeGradients(ReadOnlySpan<float> input, ReadOnlySpan<float> targets)
        {
            using var turn = BeginStep(input.Length);
            Bind(input, targets);
            return RunGradients();
        }

        public float Accumulate(ReadOnlySpan<float> input, ReadOnlySpan<float> targets)
        {
            using var turn = BeginPass(input.Length);
            while (NextChunk())
            {
                Bind(input, targets);
                RunAccumulation();
            }

            return EndAccumulation();
        }

        public Evaluation Evaluate(ReadOnlySpan<float> input, ReadOnlySpan<float> targets)
        {
            using var turn = BeginPass(input.Length);
            while (NextChunk())
            {
                Bind(input, targets);
                RunEvaluation();
            }

            return EndEvaluation();
        }

        private void Bind(ReadOnlySpan<float> input, ReadOnlySpan<float> targets)
        {
            BindInput(0, input);
            BindLabels(0, targets);
        }
    }

    internal sealed class LinearPredictor(LinearRegression model) : Predictor(Definition, model.Parameters)
    {
        public void Predict(ReadOnlySpan<float> input, Span<float> output)
        {
            using var turn = BeginPrediction(input.Length);
            CheckOutput(0, output);
            while (NextChunk())
            {
                BindInput(0, input);
                RunPrediction();
                ReadOutput(0, output);
            }
        }

        [OverloadResolutionPriority(-1)]
        public void Predict(
            System.Numerics.Tensors.ReadOnlyTensorSpan<float> input, System.Numerics.Tensors.TensorSpan<float> output) =>
            Predict(GetInput(0, input), GetOutput(0, output));
    }

    private static float Output(in BlockContext context, int lane)
    {
        var sum = Unsafe.Add(ref context.Parameters, Bias);
        for (var feature = 0; feature < Features; feature++)
        {
            sum += Unsafe.Add(ref context.Parameters, feature) * Unsafe.Add(ref context.Input(0), (feature * Lanes.Count) + lane);
        }

        return sum;
    }

    private sealed class Forward(bool hasLoss) : CompiledProgram
    {
        public override ProgramLayout Layout { get; } = new(1, 0, 0, hasLoss ? 16 : 0, 16, Groups: 4);

        public override void RunBlock(int phase, in BlockContext context)
        {
            for (var lane = 0; lane < Lanes.Count; lane++)
            {
                var output = Output(context, lane);
                Unsafe.Add(ref context.Output(0), lane) = output;
                if (hasLoss)
                {
                    var error = (output - Unsafe.Add(ref context.Labels(0), lane)) * Unsafe.Add(ref context.Mask, lane);
                    Unsafe.Add(ref context.Sums, lane) += error * error;
                }
            }
        }

        public override void FinishPhase(int phase, in PhaseContext context)
        {
            if (hasLoss)
            {
                Unsafe.Add(ref context.Model, 2) = Unsafe.Add(ref context.Model, 1) * SumGroups(context, 0, 16);
            }
        }
    }

    private static float SumGroups(in PhaseContext context, int vector, int sumWords)
    {
        var sum = 0f;
        for (var group = 0; group < context.GroupCount; group++)
        {
            Lanes.SumInto(ref Unsafe.Add(ref context.Sums, (group * sumWords) + (vector * Lanes.Count)), 1, ref sum);
        }

        return sum;
    }

    private sealed class Train : CompiledProgram
    {
        // Vectors: the gradients of the weights, that of the bias, the loss, the inputs.
        private const int SumWords = ((2 * Features) + 2) * Lanes.Count;

        public override ProgramLayout Layout { get; } = new(1, 0, 0, SumWords, 16, Groups: 4);

        public override void RunBlock(int phase, in BlockContext context)
        {
            var scale = Unsafe.Add(ref context.Model, 1);
            for (var lane = 0; lane < Lanes.Count; lane++)
            {
                var mask = Unsafe.Add(ref context.Mask, lane);
                var error = (Output(context, lane) - Unsafe.Add(ref context.Labels(0), lane)) * mask;
                for (var feature = 0; feature < Features; feature++)
                {
                    var input = Unsafe.Add(ref context.Input(0), (feature * Lanes.Count) + lane);
                    Unsafe.Add(ref context.Sums, (feature * Lanes.Count) + lane) += 2 * scale * error * input;
                    Unsafe.Add(ref context.Sums, ((Features + 2 + feature) * Lanes.Count) + lane) += input * mask;
                }

                Unsafe.Add(ref context.Sums, (Features * Lanes.Count) + lane) += 2 * scale * error;
                Unsafe.Add(ref context.Sums, ((Features + 1) * Lanes.Count) + lane) += scale * error * error;
            }
        }

        public override void FinishPhase(int phase, in PhaseContext context)
        {
            for (var feature = 0; feature < Features; feature++)
            {
                Unsafe.Add(ref context.Gradients, feature) = SumGroups(context, feature, SumWords);
                ref var mean = ref Unsafe.Add(ref context.Parameters, RunningMean + feature);
                mean = (0.9f * mean) + (0.1f * SumGroups(context, Features + 2 + feature, SumWords) / context.Model);
            }

            Unsafe.Add(ref context.Gradients, Bias) = SumGroups(context, Features, SumWords);
            Unsafe.Add(ref context.Model, 2) = SumGroups(context, Features + 1, SumWords);
        }
    }
}
