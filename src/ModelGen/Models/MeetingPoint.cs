namespace ModelGen;

/// <summary>
/// Where threads that share a piece of work wait for each other, many times in a row and each time for less than it takes
/// to fall asleep: they spin, and give their turn away only when one of them does not run.
/// </summary>
/// <param name="threads">The threads that meet.</param>
internal sealed class MeetingPoint(int threads)
{
    // Some microseconds: longer than two parts of a kernel differ.
    private const int Spins = 2000;

    private int _arrived;
    private int _turn;

    /// <summary>Returns when all threads have called it as often as this one; what each wrote before is seen by all after.</summary>
    public void Meet()
    {
        var turn = Volatile.Read(ref _turn);
        if (Interlocked.Increment(ref _arrived) == threads)
        {
            // Nobody comes again before the turn has changed.
            _arrived = 0;
            Volatile.Write(ref _turn, turn + 1);
            return;
        }

        for (var spin = 0; Volatile.Read(ref _turn) == turn; spin++)
        {
            if (spin < Spins)
            {
                Thread.SpinWait(1);
            }
            else
            {
                Thread.Yield();
            }
        }
    }
}
