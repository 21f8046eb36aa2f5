namespace ModelGen;

/// <summary>What all recurrent layers share: they read a sequence step by step, carrying a state of <see cref="Units"/> numbers.</summary>
/// <remarks>
/// <para>
/// Shape: (length, features) → (length, units), or (length, 2·units) if <see cref="Bidirectional"/>, the forward direction
/// first. Parameters, G times as tall as the state where the layer has G gates: <c>weight_ih_l0</c> (G·units, features),
/// <c>weight_hh_l0</c> (G·units, state), <c>bias_ih_l0</c> (G·units), <c>bias_hh_l0</c> (G·units), all drawn uniformly from
/// ±1/√units; those of the reverse direction end with <c>_reverse</c>. As PyTorch names and fills them.
/// </para>
/// <para>
/// Where the input comes with lengths, each sample ends at its own: the state holds through the padded steps, whose
/// output is zero, and the reverse direction starts at the sample's own last step.
/// </para>
/// </remarks>
public abstract class RecurrentAttribute : LayerAttribute
{
    private protected RecurrentAttribute(int units) => Units = units;

    /// <summary>The numbers of the state, of each direction; at least one.</summary>
    public int Units { get; }

    /// <summary>Whether a second layer of its own parameters reads the sequence from its end; both outputs stand beside one another. False unless set.</summary>
    /// <remarks>Schuster and Paliwal, "Bidirectional Recurrent Neural Networks", 1997.</remarks>
    public bool Bidirectional { get; init; }

    /// <summary>
    /// Whether sample b of a step goes on where sample b of the step before ended, until the state is reset; not for
    /// <see cref="Bidirectional"/> layers. False unless set: every sample starts from zero.
    /// </summary>
    /// <remarks>
    /// Gradients end at the beginning of each step: truncated backpropagation through time, the declared length its window.
    /// Williams and Peng, "An Efficient Gradient-Based Algorithm for On-Line Training of Recurrent Network Trajectories", 1990.
    /// </remarks>
    public bool Stateful { get; init; }

    /// <summary>
    /// The label of what the state starts from: a recurrent layer of the same size and directions, whose state after its last
    /// valid step is taken (and its cell, between two LSTMs), or a vector (units) — (2·units) if <see cref="Bidirectional"/> —
    /// that becomes h, with a cell of zero. Unset: zero.
    /// </summary>
    /// <remarks>Not for <see cref="Stateful"/> layers. Sutskever, Vinyals and Le, "Sequence to Sequence Learning with Neural Networks", 2014.</remarks>
    public string? InitialState { get; init; }
}
