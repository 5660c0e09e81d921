namespace CognitoM2M.Benchmarks.Speed;

/// <summary>One thing to measure: an operation that can be repeated.</summary>
/// <param name="name">Dotted, as in the results: what is measured, then by whom.</param>
/// <param name="callers">How many threads repeat it at once.</param>
internal abstract class Benchmark(string name, int callers = 1)
{
    public string Name { get; } = name;

    public int Callers { get; } = callers;

    /// <summary>Whether the operation ends on other threads, so that only the whole process can say what was allocated.</summary>
    public virtual bool SpansThreads => Callers > 1;

    /// <summary>Does it that often, one after the other.</summary>
    public abstract void Run(int times);
}
