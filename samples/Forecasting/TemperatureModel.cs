using ModelGen;

namespace ForecastingSample;

/// <summary>
/// Reads four weeks of weather, day by day, and says how warm each of the next seven days will be. The last day also goes straight
/// to the end: what the naive forecast knows need not pass through the state (G. Lai et al., "Modeling long- and short-term
/// temporal patterns with deep neural networks", 2018).
/// </summary>
[Model, Sequence(TemperatureModel.Length, Weather.Features), Label("days")]
[GRU(32), Last, Dropout(0.3), Label("state")]
[From("days"), Last, Concat("state"), Dense(TemperatureModel.Horizon), Huber]
public partial class TemperatureModel
{
    /// <summary>The days it reads.</summary>
    public const int Length = 28;

    /// <summary>The days it forecasts.</summary>
    public const int Horizon = 7;
}
