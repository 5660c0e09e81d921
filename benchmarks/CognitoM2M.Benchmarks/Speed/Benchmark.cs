namespace CognitoM2M.Benchmarks.Speed;

/// <summary>An operation that is measured.</summary>
/// <param name="name">The name in the results: what is measured, a dot, then the code that does it.</param>
/// <param name="callers">The number of threads that repeat the operation at the same time.</param>
internal abstract class Benchmark(string name, int callers = 1)
{
    public string Name { get; } = name;

    public int Callers { get; } = callers;

    /// <summary>Whether the operation runs on several threads, so that allocations must be counted for the whole process.</summary>
    public virtual bool SpansThreads => Callers > 1;

    /// <summary>Runs the operation this many times, one after the other.</summary>
    public abstract void Run(int times);
}
