namespace ModelGen;

/// <summary>
/// The threads of one trainer: the caller's and background ones, which wait for work spinning for a moment and then
/// asleep. Giving them work allocates nothing. They end when this object is collected.
/// </summary>
internal sealed class Workers
{
    private readonly int _threads;
    private WorkerTeam? _team;

    /// <param name="threads">The threads that share work, the caller's included.</param>
    public Workers(int threads)
    {
        _threads = threads;
        GC.SuppressFinalize(this);
    }

    ~Workers() => _team?.Stop();

    /// <summary>The number of workers; their names are 0 (the caller) to one less than this.</summary>
    public int Count => _threads;

    /// <summary>Does all pieces of a work and returns when they are done.</summary>
    /// <exception cref="Exception">What the first failing piece threw; the others are done nevertheless.</exception>
    public void Run(IParallelWork work, int pieces)
    {
        if (_threads == 1 || pieces <= 1)
        {
            for (var index = 0; index < pieces; index++)
            {
                work.Run(index, worker: 0);
            }

            return;
        }

        if (_team is null)
        {
            _team = new WorkerTeam(_threads);
            GC.ReRegisterForFinalize(this);
        }

        _team.Run(work, pieces);
        GC.KeepAlive(this);
    }
}
