using System.ComponentModel;
using ModelGen.CompilerServices;

namespace ModelGen;

/// <summary>What every model class offers, so that code such as <c>Fit</c> can work with any of them.</summary>
/// <typeparam name="TSelf">The model class.</typeparam>
public interface IModel<TSelf>
    where TSelf : IModel<TSelf>
{
    /// <summary>What the generator compiled.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    static abstract ModelDefinition Definition { get; }

    /// <summary>The layers with their shapes, parameters and operations; prints as a table.</summary>
    static abstract ModelSummary Summary { get; }

    /// <summary>The parameters and statistics.</summary>
    ParameterSet Parameters { get; }

    /// <summary>A model with its first values.</summary>
    /// <param name="seed">Where they come from; the same seed gives the same values on every machine.</param>
    static abstract TSelf Create(int seed = 0);

    /// <summary>A trainer of this model.</summary>
    /// <param name="optimizer">How parameters follow their gradients.</param>
    /// <param name="batch">The most samples of a step.</param>
    /// <param name="threads">The most threads that share the work; the results are the same for any number.</param>
    /// <exception cref="InvalidOperationException">The model has no loss.</exception>
    Trainer CreateTrainer(Optimizer optimizer, int batch, int threads = 1);

    /// <summary>A predictor that reads the parameters of this model.</summary>
    Predictor CreatePredictor();
}
