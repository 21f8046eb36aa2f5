using ForecastingSample;
using SampleKit;

return await SampleCommand.RunAsync(
    args,
    "forecast",
    "Forecasts the warmest temperature of each of the next seven days, against forecasts that need no network.",
    Application.Run,
    usesImages: false);
