using ModelGen;

namespace SpeechSample;

/// <summary>
/// Says at every other frame of a mel spectrogram which letter is heard, or none yet: a convolution over time, then two recurrent
/// layers that hear both ways, trained by connectionist temporal classification (A. Graves et al. 2006), which knows what is said but
/// not when.
/// </summary>
[Model, Input(Sound.Bands, Sound.Frames)]
[Conv1D(96, 5, Stride = 2, Padding = Pad.Same, UseBias = false), BatchNorm, ReLU]
[Permute(1, 0), Dropout(0.1), GRU(96, Bidirectional = true), Dropout(0.3), GRU(96, Bidirectional = true), Dropout(0.3)]
[Dense(Alphabet.Classes), CTC(Alphabet.Blank, MaxLength = Alphabet.MostLetters)]
public partial class Recognizer;
