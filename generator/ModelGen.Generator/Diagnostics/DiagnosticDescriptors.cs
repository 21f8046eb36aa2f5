using Microsoft.CodeAnalysis;

namespace ModelGen.Generator.Diagnostics;

/// <summary>Every diagnostic of the language. Where a message tells of a layer, {0} is the layer's name.</summary>
internal static class DiagnosticDescriptors
{
    private const string Declaration = "ModelGen.Declaration";
    private const string Structure = "ModelGen.Structure";
    private const string Shape = "ModelGen.Shape";
    private const string Training = "ModelGen.Training";

    public static readonly DiagnosticDescriptor NotPartial = new(
        "MG0001",
        "A model must be partial",
        "The model {0} must be declared partial, because its network is generated into it: write 'partial class {0}'",
        Declaration,
        DiagnosticSeverity.Error,
        true,
        "The network is generated into the class that its attributes stand on, so the class must be declared with the modifier partial.");

    public static readonly DiagnosticDescriptor ContainingTypeNotPartial = new(
        "MG0002",
        "A type around a model must be partial",
        "{0} contains the model {1} and must be declared partial too",
        Declaration,
        DiagnosticSeverity.Error,
        true,
        "The generated part of a nested model repeats the types around it, so each of them must be declared with the modifier partial.");

    public static readonly DiagnosticDescriptor Generic = new(
        "MG0003",
        "A model must not be generic",
        "{0} has type parameters; neither a model nor a type around it may be generic",
        Declaration,
        DiagnosticSeverity.Error,
        true,
        "A model's shapes are constants of the compilation, which type parameters could not change. Move it out of the generic type.");

    public static readonly DiagnosticDescriptor NotInstantiable = new(
        "MG0004",
        "A model must be an ordinary class",
        "The model {0} is {1}; it must be a class that can be created with new {0}()",
        Declaration,
        DiagnosticSeverity.Error,
        true,
        "A model is a class of which instances are made, each with its own parameters: not static, abstract, file-local, a record or a struct, and without a primary constructor.");

    public static readonly DiagnosticDescriptor SpreadDeclarations = new(
        "MG0005",
        "The layers of a model must stand on one declaration",
        "The layers of {0} are spread over several partial declarations, whose order is not defined; move them to one",
        Declaration,
        DiagnosticSeverity.Error,
        true,
        "Layers are read in the order they are written in. Between the partial declarations of a class there is no order.");

    public static readonly DiagnosticDescriptor LanguageVersion = new(
        "MG0006",
        "Models need C# 13 or later",
        "The model {0} is compiled as C# {1}; models need C# 13 or later: set <LangVersion>13</LangVersion> or higher in the project file",
        Declaration,
        DiagnosticSeverity.Error,
        true,
        "Generated code uses features of C# 13, the default since .NET 9, which is the oldest the library runs on.");

    public static readonly DiagnosticDescriptor NameTaken = new(
        "MG0007",
        "A model must leave the names of its generated members free",
        "{0} is a name that is generated into the model {1}; rename it",
        Declaration,
        DiagnosticSeverity.Error,
        true,
        "Definition, Summary, Create, Parameters, Save, Load, CreateTrainer, CreatePredictor, Trainer, Predictor and a constructor that takes a seed are generated into every model. Neither the class nor a member of it may have one of these names.");

    public static readonly DiagnosticDescriptor LayersWithoutModel = new(
        "MG0008",
        "Layers without a model",
        "{0} has layers but no network is generated for it; add [Model]",
        Declaration,
        DiagnosticSeverity.Warning,
        true,
        "Layer attributes mean something on a class with the attribute Model only.");

    public static readonly DiagnosticDescriptor UnoptimizedBuild = new(
        "MG0009",
        "A model in an unoptimised build",
        "The model {0} is built without optimisation and will be about ten times slower; build with -c Release, or set <Optimize>true</Optimize>",
        Declaration,
        DiagnosticSeverity.Warning,
        true,
        "The kernels of a model are C# that the runtime compiles. In an unoptimised build it keeps every intermediate value in memory. Set Optimize in the project that contains the model, or lower this rule's severity in .editorconfig.");

    public static readonly DiagnosticDescriptor NoInput = new(
        "MG0020",
        "A model needs an input",
        "The model {0} has no input; begin its layers with Input, Sequence or Tokens",
        Structure,
        DiagnosticSeverity.Error,
        true,
        "All shapes follow from that of the input, which the first layer attribute declares.");

    public static readonly DiagnosticDescriptor InputNotFirst = new(
        "MG0021",
        "A layer before the first input",
        "{0} stands before the first input and has nothing to take; begin the layers with Input, Sequence or Tokens",
        Structure,
        DiagnosticSeverity.Error,
        true,
        "Each layer takes the value of the one before it, so the list begins with an input.");

    public static readonly DiagnosticDescriptor NoLayers = new(
        "MG0022",
        "An input without a layer",
        "No layer takes the input {0}; add the layers of the network after it",
        Structure,
        DiagnosticSeverity.Error,
        true,
        "An input that nothing follows computes nothing.");

    public static readonly DiagnosticDescriptor LayerAfterLoss = new(
        "MG0023",
        "A layer after a loss",
        "{0} stands after the loss {1}, which ends the chain; only From, an input or another loss may follow, so move it before the loss",
        Structure,
        DiagnosticSeverity.Error,
        true,
        "A loss is one number for the whole step; no layer can take it.");

    public static readonly DiagnosticDescriptor DuplicateName = new(
        "MG0024",
        "Two layers with one name",
        "The name '{0}' is taken by another layer of the model; names must be unique",
        Structure,
        DiagnosticSeverity.Error,
        true,
        "Parameters are found and saved under their layer's name, and inputs become arguments of that name.");

    public static readonly DiagnosticDescriptor InvalidName = new(
        "MG0025",
        "Not a name",
        "'{0}' cannot be the name of a layer: it must begin with a letter or underscore and go on with letters, digits and underscores",
        Structure,
        DiagnosticSeverity.Error,
        true,
        "Names become identifiers in generated code and keys in saved files.");

    public static readonly DiagnosticDescriptor UnknownOutput = new(
        "MG0026",
        "A loss on an output that there is not",
        "{0}: there is no output '{1}' before it; there is {2}",
        Structure,
        DiagnosticSeverity.Error,
        true,
        "The end of the first chain is 'output', of the next 'output_2' and so on. On names one of those that come before the loss.");

    public static readonly DiagnosticDescriptor UnknownLayer = new(
        "MG0027",
        "A layer this generator does not know",
        "{0} is not a layer this version of the generator knows; library and generator must be of the same version",
        Structure,
        DiagnosticSeverity.Error,
        true,
        "The library that declares the attribute and the generator that compiles it come in one package.");

    public static readonly DiagnosticDescriptor NoLoss = new(
        "MG0028",
        "Training a model without a loss",
        "The model {0} has no loss to train with; end its layers with one, such as SoftmaxCrossEntropy for classes or MeanSquaredError for numbers",
        Structure,
        DiagnosticSeverity.Error,
        true,
        "Training follows the gradient of a loss. A model without one can only predict.");

    public static readonly DiagnosticDescriptor WrongInput = new(
        "MG0040",
        "A layer that does not take its input's shape",
        "{0} takes {1}, but its input is {2}, read as {3}",
        Shape,
        DiagnosticSeverity.Error,
        true,
        "Each layer's documentation says which shapes it takes. Flatten, Reshape and Permute change one into another.");

    public static readonly DiagnosticDescriptor WindowTooLarge = new(
        "MG0041",
        "A kernel or window larger than its input",
        "{0}: a {1} does not fit its input {2}: {3} = {4}; the {5}",
        Shape,
        DiagnosticSeverity.Error,
        true,
        "Along each axis floor((size + 2·padding − dilation·(kernel − 1) − 1) / stride) + 1 places come out, which must be at least one.");

    public static readonly DiagnosticDescriptor DetectionChannels = new(
        "MG0131",
        "Channels that are not those of anchors",
        "{0}: its input has {1} channels for {2} anchors; it needs {3}·(5 + classes), at least {4}: x, y, width, height, objectness and one for each class",
        Shape,
        DiagnosticSeverity.Error,
        true,
        "Each anchor of a detector has five values of its own and one for each class.");

    public static readonly DiagnosticDescriptor TransposedToNothing = new(
        "MG0130",
        "A transposed convolution of which nothing is left",
        "{0}: its padding leaves nothing of a {1} on its input {2}: {3} = {4}; the padding may be at most {5}, or use Padding = Pad.Same",
        Shape,
        DiagnosticSeverity.Error,
        true,
        "Along each axis (size − 1)·stride − 2·padding + dilation·(kernel − 1) + output padding + 1 places come out, which must be at least one.");

    public static readonly DiagnosticDescriptor OutOfRange = new(
        "MG0042",
        "A value out of range",
        "{0}: {1} is {2}; it must be {3}",
        Shape,
        DiagnosticSeverity.Error,
        true,
        "The value of an argument makes no sense for the layer.");

    public static readonly DiagnosticDescriptor GroupsDoNotDivide = new(
        "MG0043",
        "Groups that do not divide the channels",
        "{0}: {1} groups do not divide the {2} {3}; possible are {4}",
        Shape,
        DiagnosticSeverity.Error,
        true,
        "Each group takes an equal share of the input's channels and gives an equal share of the filters.");

    public static readonly DiagnosticDescriptor ReshapeProduct = new(
        "MG0044",
        "A reshape that changes the number of elements",
        "{0}: the shape {1} has {2} elements, but its input {3} has {4}",
        Shape,
        DiagnosticSeverity.Error,
        true,
        "Reshape keeps every number, so the products of both shapes must be equal.");

    public static readonly DiagnosticDescriptor FlattenBeforeDense = new(
        "MG0045",
        "A dense layer on an image or signal",
        "{0} takes (features) or (length, features), but its input is {1}, read as {2}; put Flatten before it",
        Shape,
        DiagnosticSeverity.Error,
        true,
        "A dense layer does not guess whether its weights are meant for every pixel or for the whole image. Flatten makes the image one vector; a convolution with a kernel of 1 acts at every pixel.");

    public static readonly DiagnosticDescriptor PermuteBeforeConvolution = new(
        "MG0046",
        "A convolution on a sequence",
        "{0} takes (channels, length), but its input {1} is a sequence (length, features); put Permute(1, 0) before it",
        Shape,
        DiagnosticSeverity.Error,
        true,
        "A sequence keeps the features of each step together, a signal each channel's steps. Permute(1, 0) turns one into the other.");

    public static readonly DiagnosticDescriptor TokensIntoLayer = new(
        "MG0047",
        "A layer that computes with token ids",
        "{0} takes numbers, but its input {1} is token ids, which only an embedding takes",
        Shape,
        DiagnosticSeverity.Error,
        true,
        "Token ids are names of things, not quantities.");

    public static readonly DiagnosticDescriptor NotAPermutation = new(
        "MG0048",
        "Axes that are not a permutation",
        "{0}: the axes {1} are not a permutation of {2}, the axes of its input {3}",
        Shape,
        DiagnosticSeverity.Error,
        true,
        "Permute names every axis of the input once; samples are not counted.");

    public static readonly DiagnosticDescriptor AxisCount = new(
        "MG0049",
        "Not one value for each axis",
        "{0}: {1} has {2} values; it must have {3}, one for each axis of space",
        Shape,
        DiagnosticSeverity.Error,
        true,
        "Strides, Paddings and Dilations have a value for every axis of space, outermost first.");

    public static readonly DiagnosticDescriptor GivenTwice = new(
        "MG0050",
        "One value for all axes and one for each",
        "{0}: {1} and {2} are both given; keep one of them",
        Shape,
        DiagnosticSeverity.Error,
        true,
        "Strides, Paddings and Dilations stand in place of Stride, Padding and Dilation.");

    public static readonly DiagnosticDescriptor TooLarge = new(
        "MG0051",
        "A value or parameter too large",
        "{0}: {1} would have {2} elements; at most {3} can be held",
        Shape,
        DiagnosticSeverity.Error,
        true,
        "Values and parameters live in arrays that are indexed by 32-bit numbers, values sixteen samples at a time.");

    public static readonly DiagnosticDescriptor ClassWeightCount = new(
        "MG0052",
        "Not one weight for each class",
        "{0}: ClassWeights has {1} values; it must have {2}, one for each class",
        Shape,
        DiagnosticSeverity.Error,
        true,
        "The classes are the channels or features of the value that the loss judges.");

    public static readonly DiagnosticDescriptor OneClass = new(
        "MG0053",
        "A choice among a single class",
        "{0}: its input {1} has a single class, so the loss is always zero; give it two or more, or use BinaryCrossEntropy",
        Shape,
        DiagnosticSeverity.Error,
        true,
        "The softmax of one score is one, whatever the score.");

    public static readonly DiagnosticDescriptor SoftmaxBeforeLoss = new(
        "MG0060",
        "Softmax before a loss that applies it itself",
        "{0} stands before {1}, which applies softmax itself; remove it",
        Training,
        DiagnosticSeverity.Error,
        true,
        "Softmax twice flattens the probabilities and starves the gradient. Predictions of a model with SoftmaxCrossEntropy or Focal are probabilities already.");

    public static readonly DiagnosticDescriptor SigmoidBeforeLoss = new(
        "MG0061",
        "Sigmoid before a loss that applies it itself",
        "{0} stands before {1}, which applies sigmoid itself; remove it",
        Training,
        DiagnosticSeverity.Error,
        true,
        "Sigmoid twice squeezes the probabilities into (0.5, 0.73). Predictions of a model with BinaryCrossEntropy or Dice are probabilities already.");

    public static readonly DiagnosticDescriptor BiasBeforeBatchNorm = new(
        "MG0062",
        "A bias before batch normalisation",
        "The bias of {0} has no effect, because {1} subtracts the mean; set UseBias = false",
        Training,
        DiagnosticSeverity.Warning,
        true,
        "Whatever the bias adds to a channel is part of the channel's mean, which batch normalisation takes away; its own bias follows.");

    public static readonly DiagnosticDescriptor NoLossFollows = new(
        "MG0064",
        "Parameters that no loss depends on",
        "No loss follows {0}, so {1} will never learn",
        Training,
        DiagnosticSeverity.Warning,
        true,
        "The model has a loss, but not in this chain. End the chain with a loss of its own, or remove it.");

    public static readonly DiagnosticDescriptor NoGradient = new(
        "MG0063",
        "Parameters that no gradient reaches",
        "The slope of {0} is zero everywhere, so {1} before it will never learn",
        Training,
        DiagnosticSeverity.Warning,
        true,
        "Gradients are products of slopes. Train with a smooth activation such as Sigmoid, or with PerceptronLoss directly on the weighted sum.");

    public static readonly DiagnosticDescriptor UnknownLabel = new(
        "MG0100",
        "A label that there is not",
        "{0}: no value before it has the label '{1}'; {2}",
        Structure,
        DiagnosticSeverity.Error,
        true,
        "Label names a value, and what takes it by that name stands after it.");

    public static readonly DiagnosticDescriptor DuplicateLabel = new(
        "MG0101",
        "Two values with one label",
        "The label '{0}' names another value already; labels are unique",
        Structure,
        DiagnosticSeverity.Error,
        true,
        "A label is taken by its name, so it can name one value of a model or of a block only.");

    public static readonly DiagnosticDescriptor UnusedLabel = new(
        "MG0102",
        "A label that nothing takes",
        "Nothing takes the label '{0}'; remove it, or take it with From, Add, Concat or Multiply",
        Structure,
        DiagnosticSeverity.Warning,
        true,
        "A label computes nothing; it serves what takes it further down.");

    public static readonly DiagnosticDescriptor ResultNeverUsed = new(
        "MG0103",
        "A result that is never used",
        "Nothing uses the result of {0}, because From goes on with another value; give it a Label that is taken, a loss or an Output, or remove it",
        Structure,
        DiagnosticSeverity.Error,
        true,
        "What ends before From must be taken by its label, judged by a loss or declared an output, or computing it was in vain.");

    public static readonly DiagnosticDescriptor CannotMerge = new(
        "MG0104",
        "Values that do not fit together",
        "{0}: cannot {1} {2} from {3} and {4} from {5}, {6}: {7}",
        Shape,
        DiagnosticSeverity.Error,
        true,
        "Add takes equal shapes, or projects with Project = true; Concat takes values that differ in their channels or features only; Multiply takes equal shapes, axes of one, or one number for each channel.");

    public static readonly DiagnosticDescriptor NotInBlock = new(
        "MG0105",
        "What cannot stand in a block",
        "{0} stands in a block, which is made of layers between its input and its result; declare it on the model",
        Structure,
        DiagnosticSeverity.Error,
        true,
        "A block may be used several times, so inputs, losses and outputs stand on the model.");

    public static readonly DiagnosticDescriptor BlockCycle = new(
        "MG0106",
        "A block that contains itself",
        "{0}: the block contains itself, {1}",
        Structure,
        DiagnosticSeverity.Error,
        true,
        "A block stands for the layers on its class, written out where it is used; one that contains itself would never end.");

    public static readonly DiagnosticDescriptor BlockArgumentMissing = new(
        "MG0107",
        "An argument that a block is not given",
        "{0} takes Block.{1}, but {2} is not given a {3}; set {3}, or let its constructor have a parameter '{4}'",
        Structure,
        DiagnosticSeverity.Error,
        true,
        "A constant of Block stands for the argument of that name, a constructor parameter or a property; Stride, Groups and Dilation are one unless given.");

    public static readonly DiagnosticDescriptor BlockArithmetic = new(
        "MG0108",
        "Arithmetic on a constant of a block",
        "{0}: {1} is computed from a constant of Block, which stands for a number that is not known yet; use HalfWidth, QuarterWidth, DoubleWidth or QuadrupleWidth, or another argument",
        Structure,
        DiagnosticSeverity.Error,
        true,
        "The constants of Block are placeholders for the block's arguments; the compiler computes with attribute arguments before those are known.");

    public static readonly DiagnosticDescriptor BlockConstantOutside = new(
        "MG0109",
        "A constant of Block outside of a block",
        "{0} takes a constant of Block, but stands on a model; these mean something on the class of a block only",
        Structure,
        DiagnosticSeverity.Error,
        true,
        "Block.Width and the like stand for the arguments of the block on whose class they are used.");

    public static readonly DiagnosticDescriptor EmptyBlock = new(
        "MG0110",
        "A block without layers",
        "{0}: there are no layers on the class of {1}; annotate it with those it stands for",
        Structure,
        DiagnosticSeverity.Error,
        true,
        "A block is an attribute class that is itself annotated with layers.");

    public static readonly DiagnosticDescriptor BlockTooLarge = new(
        "MG0111",
        "A block of too many layers",
        "{0}: the block would be more than {1} layers",
        Structure,
        DiagnosticSeverity.Error,
        true,
        "Blocks within blocks multiply.");

    public static readonly DiagnosticDescriptor SpreadBlock = new(
        "MG0112",
        "The layers of a block must stand on one declaration",
        "{0}: the layers of {1} are spread over several partial declarations, whose order is not defined; move them to one",
        Structure,
        DiagnosticSeverity.Error,
        true,
        "Layers are read in the order they are written in. Between the partial declarations of a class there is no order.");

    public static readonly DiagnosticDescriptor NoValueName = new(
        "MG0113",
        "A word without a name",
        "{0} needs the name of a value, such as {0}(\"x\")",
        Structure,
        DiagnosticSeverity.Error,
        true,
        "Label, From and Output name a value.");

    public static readonly DiagnosticDescriptor WordWithName = new(
        "MG0114",
        "A name where there is no layer",
        "{0} is no layer and has no name of its own; remove Name",
        Structure,
        DiagnosticSeverity.Error,
        true,
        "Name is what a layer and its parameters are called. Label, From and Output have neither.");

    public static readonly DiagnosticDescriptor WidthDoesNotDivide = new(
        "MG0115",
        "A part of a width that is not whole",
        "{0} takes Block.{1}, but the {2} {3} is not a multiple of {4}",
        Structure,
        DiagnosticSeverity.Error,
        true,
        "Half and Quarter of a width must be whole numbers.");

    public static readonly DiagnosticDescriptor ReservedLabel = new(
        "MG0116",
        "A label that is taken",
        "Block.Input is the label of a block's input; choose another",
        Structure,
        DiagnosticSeverity.Error,
        true,
        "Every block has that label already.");

    public static readonly DiagnosticDescriptor StatefulElsewhere = new(
        "MG0154",
        "A stateful layer that begins elsewhere",
        "{0}: Stateful and {1} exclude each other: {2}; remove one of them",
        Structure,
        DiagnosticSeverity.Error,
        true,
        "A stateful layer goes on where the batch before ended.");

    public static readonly DiagnosticDescriptor WrongTable = new(
        "MG0155",
        "A table that weights cannot be tied to",
        "{0}: '{1}' is {2}; Tied takes the label of an Embedding whose table has {3} rows, the units, of {4} numbers, the features",
        Shape,
        DiagnosticSeverity.Error,
        true,
        "Tied weights are the rows of an embedding's table: the score of a token is the product of the features with its row.");

    public static readonly DiagnosticDescriptor LengthsLost = new(
        "MG0153",
        "Padding that is taken for data",
        "{0} gives up which steps count: layers and losses after it take the padding of '{1}' for data; use Last or MeanOverTime, or stay with sequences",
        Training,
        DiagnosticSeverity.Warning,
        true,
        "Lengths belong to the steps of a sequence. What turns steps into other axes, such as Flatten, Reshape and Permute, leaves none to have a length.");

    public static readonly DiagnosticDescriptor WrongMemory = new(
        "MG0151",
        "A memory that attention cannot look up",
        "{0}: the memory is {1}, {2}; it needs {3}",
        Shape,
        DiagnosticSeverity.Error,
        true,
        "Attention looks up the steps of a labelled sequence.");

    public static readonly DiagnosticDescriptor WrongInitialState = new(
        "MG0150",
        "A state that does not fit",
        "{0}: the state '{1}' is {2}; a vector ({3}), or a recurrent layer with a state of {4}{5} is needed",
        Shape,
        DiagnosticSeverity.Error,
        true,
        "InitialState takes the final state of a recurrent layer of the same size and directions, or a vector.");
}
