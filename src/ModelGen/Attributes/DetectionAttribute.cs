namespace ModelGen;

/// <summary>
/// The loss of a detector of one stage: at every cell of a grid each anchor, a box of a typical size, says where an object's box
/// lies around it, how sure it is that there is one, and of which class.
/// </summary>
/// <remarks>
/// <para>
/// Takes raw values (anchors · (5 + classes), height, width): for each anchor x, y, w, h, o and one score for each class. Labels:
/// boxes of five <see cref="float"/> numbers (class, centre x, centre y, width, height; all but the class relative to the image, 0 at its
/// left or upper edge, 1 at the other), those of all samples one after the other (<c>boxes</c>), and for each sample how many are its own
/// (<c>counts</c>); in a data set a column made by <c>DatasetColumn.FromCounted</c> with five elements.
/// </para>
/// <para>
/// Predictions show, in the same order and shape, at column i and row j for an anchor of size (a, b): centre
/// ((i + σ(x)) / columns, (j + σ(y)) / rows), size (a·eʷ, b·eʰ), objectness σ(o) and softmax over the scores.
/// <c>DetectionDecoder</c> makes boxes of them.
/// </para>
/// <para>
/// For each box the cell that holds its centre is responsible, with the anchor whose shape overlaps it most (intersection over union
/// with centres together); where an earlier box has taken that one, with the best that is left there, and with none if all are taken. With
/// (x̂, ŷ) the box's centre in its cell and (u, v) its size, a responsible anchor's loss is
/// BoxWeight·((σ(x) − x̂)² + (σ(y) − ŷ)² + (w − log(u/a))² + (h − log(v/b))²) − log σ(o) − log softmax(scores)[class];
/// that of any other is −EmptyWeight·log(1 − σ(o)), or nothing if the anchor, in the middle of its cell, overlaps a box by more than
/// <see cref="IgnoreOverlap"/>. These are summed over a sample; the mean is over the samples.
/// </para>
/// <para>
/// Redmon and Farhadi, "YOLO9000: Better, Faster, Stronger", CVPR 2017, for the coordinates and the choice of anchors; Redmon and Farhadi,
/// "YOLOv3: An Incremental Improvement", 2018, for objectness and what is ignored; the weights are those of Redmon et al., "You Only Look
/// Once", CVPR 2016.
/// </para>
/// </remarks>
/// <param name="anchors">The widths and heights of the anchors in turn, relative to the image; each above zero, at least one pair.</param>
public sealed class DetectionAttribute(params double[] anchors) : LossAttribute
{
    /// <summary>The widths and heights of the anchors in turn, relative to the image.</summary>
    public double[] Anchors { get; } = anchors;

    /// <summary>What the errors of a box's place and size are multiplied with; above zero. Five unless set.</summary>
    public double BoxWeight { get; init; } = 5;

    /// <summary>What the objectness of anchors without an object is multiplied with; above zero. One half unless set.</summary>
    public double EmptyWeight { get; init; } = 0.5;

    /// <summary>From which overlap with a box on an anchor that is not responsible for it is left out; above zero, and at one or more none is. One half unless set.</summary>
    public double IgnoreOverlap { get; init; } = 0.5;
}
