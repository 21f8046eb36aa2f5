using ResNetSample;
using SampleKit;

return await SampleCommand.RunAsync(
    args, "resnet", "Trains a residual network of twenty layers on Fashion-MNIST, with crops and mirror images.", Application.Run);
