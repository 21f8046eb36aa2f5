using System.ComponentModel;
using System.Runtime.InteropServices;
using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>
/// Trains a model: gradients of its losses over samples, and updates of its parameters. The results are the same to the
/// bit for any number of threads.
/// </summary>
/// <remarks>
/// A loss is the mean over the labels that take part in it. A step in which none does has loss zero and gradients zero.
/// Nothing is allocated after the first call.
/// </remarks>
public abstract partial class Trainer : ModelRunner
{
    private readonly WorkMemory _memory;
    private readonly LossScales _scales;
    private readonly CountedFill _counted;
    private readonly GradientPass _gradientPass;
    private readonly ProgramRunner _evaluate;
    private readonly RowStates _evaluationStates;
    private double _lossSum;
    private double _lossWeight;
    private EvaluationBuilder? _evaluation;

    /// <summary>A trainer that moves the given parameters.</summary>
    /// <param name="definition">The model.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="optimizer">How they follow their gradients.</param>
    /// <param name="batch">The most samples of a step, at least one.</param>
    /// <param name="threads">The most threads that share the work, at least one.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Trainer(ModelDefinition definition, ParameterSet parameters, Optimizer optimizer, int batch, int threads)
        : base(definition, parameters, AtLeastOne(batch, nameof(batch)), hasLabels: true)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        ThreadCount = AtLeastOne(threads, nameof(threads));
        var train = definition.Train ?? throw WithoutLoss(definition);
        var evaluate = definition.Evaluate ?? throw WithoutLoss(definition);
        var workers = new Workers(Math.Min(threads, Math.Max(train.Layout.Groups, evaluate.Layout.Groups)));
        var summary = new ModelSummary(definition);
        _memory = new WorkMemory([train, evaluate], batch, workers.Count, definition.TrainedWords);
        States = new RowStates(definition, Samples);
        _evaluationStates = new RowStates(definition, Samples);
        _scales = new LossScales(definition.Losses, Samples, _memory.Model);
        _counted = new CountedFill(definition.Losses, Samples);
        _evaluate = new ProgramRunner(evaluate, parameters.Arena, Samples, _memory, workers, summary.MultiplyAdds);
        _gradientPass = new GradientPass(
            definition,
            parameters,
            new ProgramRunner(train, parameters.Arena, Samples, _memory, workers, summary.TrainingMultiplyAdds),
            _scales,
            States,
            _memory.Gradients,
            workers);
        Samples.Workers = workers;
        ParameterUpdate = new ParameterUpdate(parameters, _memory.Gradients, optimizer, workers);
        Gradients = new GradientSet(definition, parameters, _memory.Gradients);
        StateGradients = Array.ConvertAll(definition.GradientNorms ?? [], norm => new StateGradient(_memory.Model, norm));
    }

    /// <summary>How parameters follow their gradients.</summary>
    public Optimizer Optimizer => ParameterUpdate.Optimizer;

    /// <summary>The most samples of a step.</summary>
    public int BatchSize => Samples.Capacity;

    /// <summary>The most threads that share the work of a step. Small steps stay on the caller's.</summary>
    public int ThreadCount { get; }

    /// <summary>The number of updates made.</summary>
    public long StepCount { get; internal set; }

    /// <summary>The number of updates of the whole training, which some schedules need; zero when unknown. <c>Fit</c> sets it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long PlannedSteps
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>The learning rate of the next update, after its schedule.</summary>
    public double LearningRate => Optimizer.LearningRateAt(StepCount, PlannedSteps);

    /// <summary>What the random numbers of dropout are a function of, beside step, layer, sample and element. Zero at first.</summary>
    public int Seed { get; set; }

    /// <summary>
    /// The gradients computed last: of the samples of <c>Step</c>, <c>ComputeGradients</c> or the last part of
    /// <c>Accumulate</c>; after <see cref="Update"/> the mean that it applied, before clipping.
    /// </summary>
    public GradientSet Gradients { get; }

    /// <summary>
    /// How the gradients computed last flow back through time: for each recurrent layer and direction, the norms of the gradients
    /// of its states. Empty unless the model asks for it by <see cref="ModelAttribute.GradientNorms"/>.
    /// </summary>
    public IReadOnlyList<StateGradient> StateGradients { get; }

    /// <summary>What applies the optimizer; its state belongs in checkpoints.</summary>
    internal ParameterUpdate ParameterUpdate { get; }

    /// <summary>Where the rows of stateful layers stand; belongs in checkpoints.</summary>
    internal RowStates States { get; }

    /// <summary>States of the same form, for what is to be undone.</summary>
    internal RowStates CreateStates() => new(ModelDefinition, Samples);

    /// <summary>
    /// Lets the rows of the next batch begin anew: the states of stateful layers become zero. Until then row b of each batch of
    /// <c>Step</c>, <c>ComputeGradients</c> and <c>Accumulate</c> goes on where row b of the batch before ended, so that all
    /// have as many rows. Without stateful layers there is nothing to do.
    /// </summary>
    /// <exception cref="InvalidOperationException">The trainer is at work on another thread.</exception>
    public void ResetState()
    {
        using var turn = BeginTurn();
        States.Reset();
    }

    /// <summary>
    /// Applies the gradients that <c>ComputeGradients</c> or <c>Accumulate</c> left: their mean, each weighted with the
    /// number of labels that take part in it (with several losses: of samples).
    /// </summary>
    /// <exception cref="InvalidOperationException">There are no gradients since the last update, or the trainer is at work on another thread.</exception>
    public void Update()
    {
        using var turn = BeginTurn(samples: 0);
        if (_gradientPass.Passes == 0)
        {
            throw new InvalidOperationException("Update: no gradients since the last update; expected ComputeGradients or Accumulate before it.");
        }

        ApplyGradients();
    }

    /// <summary>Begins a step or a computation of gradients over all samples of the first input.</summary>
    /// <param name="length">The length of the span of the first input.</param>
    /// <exception cref="ArgumentException">The length is not that of whole samples, zero, or more than a batch.</exception>
    /// <exception cref="InvalidOperationException">The trainer is at work on another thread.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Turn BeginStep(int length)
    {
        var input = ModelDefinition.Inputs[0];
        var samples = Arguments.CountSamples(length, input);
        Arguments.CheckBatch(samples, BatchSize, input.Name);
        States.Check(samples, BatchSize);
        var turn = BeginTurn(samples);
        Samples.MoveNext();
        return turn;
    }

    /// <summary>Begins an accumulation or an evaluation of any number of samples.</summary>
    /// <param name="length">The length of the span of the first input.</param>
    /// <exception cref="ArgumentException">The length is not that of whole samples, or zero.</exception>
    /// <exception cref="InvalidOperationException">The trainer is at work on another thread.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Turn BeginPass(int length)
    {
        var turn = BeginSamples(length);
        ClearLoss();
        return turn;
    }

    /// <summary>Copies and checks the current class labels of a loss.</summary>
    /// <param name="index">The position of the loss.</param>
    /// <param name="labels">The labels of all samples.</param>
    /// <exception cref="ArgumentException">The length is not that of the samples, or a label is out of range.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void BindLabels(int index, ReadOnlySpan<int> labels)
    {
        var loss = ModelDefinition.Losses[index];
        Arguments.CheckLength(labels.Length, "labels", loss.Name, loss.LabelShape, Samples.TotalSamples);
        Samples.Fill(Samples.Labels, index, MemoryMarshal.Cast<int, float>(labels));
        _scales.SetDivisor(index, IndexCheck.CheckLabels(Samples, index, loss, rows: default));
    }

    /// <summary>Copies the current targets of a loss.</summary>
    /// <param name="index">The position of the loss.</param>
    /// <param name="targets">The targets of all samples.</param>
    /// <exception cref="ArgumentException">The length is not that of the samples.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void BindLabels(int index, ReadOnlySpan<float> targets)
    {
        var loss = ModelDefinition.Losses[index];
        Arguments.CheckLength(targets.Length, "numbers", loss.Name, loss.LabelShape, Samples.TotalSamples);
        Samples.Fill(Samples.Labels, index, targets);
        Samples.ClearTargetPadding(index, loss);
        _scales.SetDivisor(index, IndexCheck.CountTargets(Samples, loss));
    }

    /// <summary>Copies and checks the current labels of a loss of which each sample has a number of its own.</summary>
    /// <param name="index">The position of the loss.</param>
    /// <param name="labels">The labels of all samples, one sample's after the other's.</param>
    /// <param name="counts">How many labels each sample has.</param>
    /// <exception cref="ArgumentException">The counts do not fit the labels, or a label is out of range.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void BindLabels(int index, ReadOnlySpan<int> labels, ReadOnlySpan<int> counts) =>
        BindLabels(index, MemoryMarshal.Cast<int, float>(labels), counts);

    /// <inheritdoc cref="BindLabels(int, ReadOnlySpan{int}, ReadOnlySpan{int})"/>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void BindLabels(int index, ReadOnlySpan<float> labels, ReadOnlySpan<int> counts)
    {
        _counted.Check(index, labels.Length, counts);
        _counted.Fill(index, labels, counts, starts: default, rows: default);
        _scales.SetDivisor(index, Samples.Samples);
    }

    /// <summary>Computes the gradients of the current samples and applies them.</summary>
    /// <returns>The loss before the update.</returns>
    /// <exception cref="TrainingDivergedException">The loss or a gradient is not finite; nothing is changed.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected float RunStep()
    {
        var loss = RunGradients();
        ApplyGradients();
        return loss;
    }

    /// <summary>Computes the gradients of the current samples in place of those there are.</summary>
    /// <returns>The loss.</returns>
    /// <exception cref="TrainingDivergedException">The loss or a gradient is not finite.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected float RunGradients()
    {
        _gradientPass.Clear();
        return _gradientPass.Run(RandomKey.Of(Seed, StepCount, pass: 0), StepCount + 1);
    }

    /// <summary>Adds the gradients of the current samples to those there are.</summary>
    /// <exception cref="TrainingDivergedException">The loss or a gradient is not finite; all gradients are forgotten.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void RunAccumulation()
    {
        if (Samples.FirstSample == 0)
        {
            States.Check(Samples.TotalSamples, BatchSize);
        }

        var loss = _gradientPass.Run(RandomKey.Of(Seed, StepCount, _gradientPass.Passes), StepCount + 1);
        _lossSum += loss * _scales.Weight;
        _lossWeight += _scales.Weight;
    }

    /// <summary>The loss over all samples of an accumulation.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected float EndAccumulation() => _lossWeight > 0 ? (float)(_lossSum / _lossWeight) : 0;

    /// <summary>Computes outputs and losses of the current samples and takes them into the evaluation.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void RunEvaluation()
    {
        _scales.Apply();
        _evaluationStates.Load();
        _evaluate.Run(randomKey: 0);
        _evaluationStates.Keep();
        _evaluation ??= new EvaluationBuilder(ModelDefinition);
        _evaluation.Add(Samples, _scales);
    }

    /// <summary>The evaluation of all samples.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected Evaluation EndEvaluation() => _evaluation!.Complete();

    private static InvalidOperationException WithoutLoss(ModelDefinition definition) =>
        new($"{definition.Name} has no loss and cannot be trained.");

    private static int AtLeastOne(int value, string argument)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, argument);
        return value;
    }

    private void ClearLoss()
    {
        _lossSum = 0;
        _lossWeight = 0;
        _evaluation = null;
        _evaluationStates.Reset();
    }

    private void ApplyGradients()
    {
        var learningRate = LearningRate;
        _gradientPass.Complete();
        ParameterUpdate.Apply(learningRate);
        _gradientPass.Clear();
        StepCount++;
    }
}
