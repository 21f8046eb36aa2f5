namespace ModelGen.Tests.Numeric;

/// <summary>
/// A model class that the generator compiled, behind one face for all of them: written as source beside the model, so that
/// the tests call the same members as a user does.
/// </summary>
public abstract class CompiledModel
{
    /// <summary>The model class.</summary>
    public abstract Type ModelType { get; }

    /// <summary>The attributes of the model as its source has them.</summary>
    public required string Layers { get; init; }

    /// <summary>The parameters and statistics of the model.</summary>
    public abstract ParameterSet Parameters { get; }

    /// <summary>Makes the trainer that the methods below use.</summary>
    public abstract Trainer CreateTrainer(Optimizer optimizer, int batch, int threads);

    /// <summary>Makes the predictor that the methods below use.</summary>
    public abstract Predictor CreatePredictor(int threads = 1);

    /// <summary>Predicts a batch; outputs are overwritten.</summary>
    public abstract void Predict(NumericData[] inputs, float[][] outputs);

    /// <summary>Computes gradients without an update.</summary>
    public abstract float ComputeGradients(NumericData[] inputs, NumericData[] labels);

    /// <summary>Makes one step.</summary>
    public abstract float Step(NumericData[] inputs, NumericData[] labels);

    /// <summary>Adds the gradients of more samples.</summary>
    public abstract float Accumulate(NumericData[] inputs, NumericData[] labels);

    /// <summary>Trains on a data set.</summary>
    public abstract FitReport Fit(Dataset train, Dataset? validation, FitOptions options);

    /// <summary>Evaluates a batch of any size.</summary>
    public abstract Evaluation Evaluate(NumericData[] inputs, NumericData[] labels);
}
