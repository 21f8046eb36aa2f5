using System;
using System.Collections.Generic;
using ModelGen.Generator.Specs;

namespace ModelGen.Generator.Layers;

/// <summary>Which layer an attribute stands for: the one place that lists them all.</summary>
internal static class LayerCatalog
{
    private static readonly Dictionary<string, Func<LayerSpec, Layer>> s_factories = new()
    {
        ["Input"] = spec => new NumbersInputLayer(spec),
        ["Sequence"] = spec => new SequenceInputLayer(spec),
        ["Tokens"] = spec => new TokensInputLayer(spec),
        ["Dense"] = spec => new DenseLayer(spec),
        ["Flatten"] = spec => new FlattenLayer(spec),
        ["Reshape"] = spec => new ReshapeLayer(spec),
        ["Permute"] = spec => new PermuteLayer(spec),
        ["Upsample2D"] = spec => new Upsample2DLayer(spec),
        ["Conv1D"] = spec => new Conv1DLayer(spec),
        ["Conv2D"] = spec => new Conv2DLayer(spec),
        ["Conv3D"] = spec => new Conv3DLayer(spec),
        ["ConvTranspose1D"] = spec => new ConvTransposeLayer(spec, 1),
        ["ConvTranspose2D"] = spec => new ConvTransposeLayer(spec, 2),
        ["ConvTranspose3D"] = spec => new ConvTransposeLayer(spec, 3),
        ["DepthwiseConv2D"] = spec => new DepthwiseConv2DLayer(spec),
        ["MaxPool1D"] = spec => new MaxPoolLayer(spec, 1),
        ["MaxPool2D"] = spec => new MaxPoolLayer(spec, 2),
        ["MaxPool3D"] = spec => new MaxPoolLayer(spec, 3),
        ["AveragePool1D"] = spec => new AveragePoolLayer(spec, 1),
        ["AveragePool2D"] = spec => new AveragePoolLayer(spec, 2),
        ["AveragePool3D"] = spec => new AveragePoolLayer(spec, 3),
        ["GlobalAveragePool"] = spec => new GlobalAveragePoolLayer(spec),
        ["GlobalMaxPool"] = spec => new GlobalMaxPoolLayer(spec),
        ["ReLU"] = spec => new ReLULayer(spec),
        ["LeakyReLU"] = spec => new LeakyReLULayer(spec),
        ["ELU"] = spec => new ELULayer(spec),
        ["GELU"] = spec => new GELULayer(spec),
        ["SiLU"] = spec => new SiLULayer(spec),
        ["Sigmoid"] = spec => new SigmoidLayer(spec),
        ["Tanh"] = spec => new TanhLayer(spec),
        ["Softplus"] = spec => new SoftplusLayer(spec),
        ["Softmax"] = spec => new SoftmaxLayer(spec),
        ["LogSoftmax"] = spec => new LogSoftmaxLayer(spec),
        ["Step"] = spec => new StepLayer(spec),
        ["BatchNorm"] = spec => new BatchNormLayer(spec),
        ["LayerNorm"] = spec => new LayerNormLayer(spec),
        ["GroupNorm"] = spec => new GroupNormLayer(spec),
        ["SpatialDropout"] = spec => new SpatialDropoutLayer(spec),
        ["Embedding"] = spec => new EmbeddingLayer(spec),
        ["SimpleRNN"] = spec => new SimpleRNNLayer(spec),
        ["LSTM"] = spec => new LSTMLayer(spec),
        ["GRU"] = spec => new GRULayer(spec),
        ["Attention"] = spec => new AttentionLayer(spec),
        ["MultiHeadAttention"] = spec => new MultiHeadAttentionLayer(spec),
        ["PositionalEncoding"] = spec => new PositionalEncodingLayer(spec),
        ["Last"] = spec => new LastLayer(spec),
        ["MeanOverTime"] = spec => new MeanOverTimeLayer(spec),
        ["Dropout"] = spec => new DropoutLayer(spec),
        ["Add"] = spec => new AddLayer(spec),
        ["Multiply"] = spec => new MultiplyLayer(spec),
        ["Concat"] = spec => new ConcatLayer(spec),
        ["Label"] = spec => new LabelLayer(spec),
        ["From"] = spec => new FromLayer(spec),
        ["Output"] = spec => new OutputLayer(spec),
        ["SoftmaxCrossEntropy"] = spec => new SoftmaxCrossEntropyLayer(spec),
        ["BinaryCrossEntropy"] = spec => new BinaryCrossEntropyLayer(spec),
        ["CTC"] = spec => new CTCLayer(spec),
        ["Detection"] = spec => new DetectionLayer(spec),
        ["Focal"] = spec => new FocalLayer(spec),
        ["Dice"] = spec => new DiceLayer(spec),
        ["MeanSquaredError"] = spec => new MeanSquaredErrorLayer(spec),
        ["MeanAbsoluteError"] = spec => new MeanAbsoluteErrorLayer(spec),
        ["Huber"] = spec => new HuberLayer(spec),
        ["PerceptronLoss"] = spec => new PerceptronLossLayer(spec),
    };

    /// <summary>The short names of all attributes that are layers.</summary>
    public static IReadOnlyCollection<string> Attributes => s_factories.Keys;

    /// <summary>The layer of an attribute, or null for an attribute that is none.</summary>
    public static Layer? Create(LayerSpec spec) => spec.Block is { } block ? new BlockLayer(spec, block) : s_factories.TryGetValue(spec.Attribute, out var create) ? create(spec) : null;
}
