namespace ModelGen.Reference.Oracles.Losses;

/// <summary>
/// The loss of a detector with anchors, box by box (Redmon and Farhadi 2017 and 2018): of the anchors that are responsible for a box the
/// squared errors of its place and size, −log of its objectness and of its class; of the others −log of one less the objectness, unless
/// they overlap a box. Summed over a sample, then the mean over the samples. A row of labels is boxes of five numbers each.
/// </summary>
internal sealed class DetectionOracle(OracleType input, double weight, double[] anchors, double boxWeight, double emptyWeight, double ignoreOverlap)
    : OracleLoss(input, weight, [anchors.Length / 2, input.Extents[0] / (anchors.Length / 2), input.Extents[1], input.Extents[2]])
{
    private const double NoTarget = -1000;

    private int Anchors => anchors.Length / 2;

    private int Height => Input.Extents[1];

    private int Width => Input.Extents[2];

    /// <summary>The number of classes a box may be of.</summary>
    public int Kinds => LabelExtents[1] - 5;

    public override double Divisor(double[][] labels) => labels.Length;

    public override double[] Prediction(double[] x)
    {
        var shown = new double[x.Length];
        ForEach((anchor, row, column) =>
        {
            var scores = Scores(x, anchor, row, column);
            shown[At(anchor, 0, row, column)] = (column + SpecialFunctions.Sigmoid(x[At(anchor, 0, row, column)])) / Width;
            shown[At(anchor, 1, row, column)] = (row + SpecialFunctions.Sigmoid(x[At(anchor, 1, row, column)])) / Height;
            shown[At(anchor, 2, row, column)] = anchors[2 * anchor] * Math.Exp(x[At(anchor, 2, row, column)]);
            shown[At(anchor, 3, row, column)] = anchors[(2 * anchor) + 1] * Math.Exp(x[At(anchor, 3, row, column)]);
            shown[At(anchor, 4, row, column)] = SpecialFunctions.Sigmoid(x[At(anchor, 4, row, column)]);
            var probabilities = Layers.SoftmaxOracle.Softmax(scores);
            for (var kind = 0; kind < Kinds; kind++)
            {
                shown[At(anchor, 5 + kind, row, column)] = probabilities[kind];
            }
        });
        return shown;
    }

    public override double SampleValue(double[] x, double[] labels)
    {
        var boxes = Boxes(labels);
        var responsible = Responsible(boxes);
        var loss = 0.0;
        ForEach((anchor, row, column) =>
        {
            double Value(int value) => x[At(anchor, value, row, column)];
            if (!responsible.TryGetValue((anchor, row, column), out var box))
            {
                loss += IsIgnored(boxes, anchor, row, column) ? 0 : emptyWeight * SpecialFunctions.Softplus(Value(4));
                return;
            }

            loss += boxWeight * (Square(SpecialFunctions.Sigmoid(Value(0)) - ((box.X * Width) - column))
                + Square(SpecialFunctions.Sigmoid(Value(1)) - ((box.Y * Height) - row))
                + Square(Value(2) - Math.Log(box.Width / anchors[2 * anchor]))
                + Square(Value(3) - Math.Log(box.Height / anchors[(2 * anchor) + 1])));
            loss += SpecialFunctions.Softplus(-Value(4)) - Layers.SoftmaxOracle.LogSoftmax(Scores(x, anchor, row, column))[box.Kind];
        });
        return loss;
    }

    public override double[] SampleGradient(double[] x, double[] labels)
    {
        var boxes = Boxes(labels);
        var responsible = Responsible(boxes);
        var slopes = new double[x.Length];
        ForEach((anchor, row, column) =>
        {
            double Value(int value) => x[At(anchor, value, row, column)];
            var objectness = SpecialFunctions.Sigmoid(Value(4));
            if (!responsible.TryGetValue((anchor, row, column), out var box))
            {
                slopes[At(anchor, 4, row, column)] = IsIgnored(boxes, anchor, row, column) ? 0 : emptyWeight * objectness;
                return;
            }

            var (p, q) = (SpecialFunctions.Sigmoid(Value(0)), SpecialFunctions.Sigmoid(Value(1)));
            slopes[At(anchor, 0, row, column)] = boxWeight * 2 * (p - ((box.X * Width) - column)) * p * (1 - p);
            slopes[At(anchor, 1, row, column)] = boxWeight * 2 * (q - ((box.Y * Height) - row)) * q * (1 - q);
            slopes[At(anchor, 2, row, column)] = boxWeight * 2 * (Value(2) - Math.Log(box.Width / anchors[2 * anchor]));
            slopes[At(anchor, 3, row, column)] = boxWeight * 2 * (Value(3) - Math.Log(box.Height / anchors[(2 * anchor) + 1]));
            slopes[At(anchor, 4, row, column)] = objectness - 1;
            var probabilities = Layers.SoftmaxOracle.Softmax(Scores(x, anchor, row, column));
            for (var kind = 0; kind < Kinds; kind++)
            {
                slopes[At(anchor, 5 + kind, row, column)] = probabilities[kind] - (kind == box.Kind ? 1 : 0);
            }
        });
        return slopes;
    }

    /// <summary>A target for every value, as the graph reads them.</summary>
    public override double[] Laid(double[] labels)
    {
        var boxes = Boxes(labels);
        var responsible = Responsible(boxes);
        var laid = new double[Input.Count];
        ForEach((anchor, row, column) =>
        {
            var isResponsible = responsible.TryGetValue((anchor, row, column), out var box);
            laid[At(anchor, 0, row, column)] = isResponsible ? (box.X * Width) - column : NoTarget;
            laid[At(anchor, 1, row, column)] = isResponsible ? (box.Y * Height) - row : NoTarget;
            laid[At(anchor, 2, row, column)] = isResponsible ? Math.Log(box.Width / anchors[2 * anchor]) : NoTarget;
            laid[At(anchor, 3, row, column)] = isResponsible ? Math.Log(box.Height / anchors[(2 * anchor) + 1]) : NoTarget;
            laid[At(anchor, 4, row, column)] = isResponsible ? 1 : IsIgnored(boxes, anchor, row, column) ? -1 : 0;
            if (isResponsible)
            {
                laid[At(anchor, 5 + box.Kind, row, column)] = 1;
            }
        });
        return laid;
    }

    private static double Square(double x) => x * x;

    private static Box[] Boxes(double[] labels) => [.. labels.Chunk(5).Select(box => new Box((int)box[0], box[1], box[2], box[3], box[4]))];

    /// <summary>Which anchor of which row and column is asked for which box.</summary>
    private Dictionary<(int Anchor, int Row, int Column), Box> Responsible(Box[] boxes)
    {
        var responsible = new Dictionary<(int, int, int), Box>();
        foreach (var box in boxes)
        {
            var (row, column) = (Math.Min((int)(box.Y * Height), Height - 1), Math.Min((int)(box.X * Width), Width - 1));
            var best = Enumerable.Range(0, Anchors)
                .Where(anchor => !responsible.ContainsKey((anchor, row, column)))
                .OrderByDescending(anchor => Overlap(box with { X = 0, Y = 0 }, new Box(0, 0, 0, anchors[2 * anchor], anchors[(2 * anchor) + 1])));
            foreach (var anchor in best.Take(1))
            {
                responsible[(anchor, row, column)] = box;
            }
        }

        return responsible;
    }

    private bool IsIgnored(Box[] boxes, int anchor, int row, int column)
    {
        var prior = new Box(0, (column + 0.5) / Width, (row + 0.5) / Height, anchors[2 * anchor], anchors[(2 * anchor) + 1]);
        return boxes.Any(box => Overlap(prior, box) > ignoreOverlap);
    }

    /// <summary>Intersection over union.</summary>
    private static double Overlap(Box a, Box b)
    {
        var width = Math.Min(a.X + (a.Width / 2), b.X + (b.Width / 2)) - Math.Max(a.X - (a.Width / 2), b.X - (b.Width / 2));
        var height = Math.Min(a.Y + (a.Height / 2), b.Y + (b.Height / 2)) - Math.Max(a.Y - (a.Height / 2), b.Y - (b.Height / 2));
        var intersection = Math.Max(0, width) * Math.Max(0, height);
        return intersection / ((a.Width * a.Height) + (b.Width * b.Height) - intersection);
    }

    private double[] Scores(double[] x, int anchor, int row, int column) =>
        [.. Enumerable.Range(0, Kinds).Select(kind => x[At(anchor, 5 + kind, row, column)])];

    private void ForEach(Action<int, int, int> visit)
    {
        foreach (var place in Places.All([Anchors, Height, Width]))
        {
            visit(place[0], place[1], place[2]);
        }
    }

    private int At(int anchor, int value, int row, int column) => Places.Index([anchor, value, row, column], LabelExtents);

    private readonly record struct Box(int Kind, double X, double Y, double Width, double Height);
}
