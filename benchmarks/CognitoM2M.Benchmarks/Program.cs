using CognitoM2M.Benchmarks.Speed;
await using var suite = await Suite.CreateAsync();
var costs = Quick.Measure(suite.Benchmarks, TimeSpan.FromSeconds(double.Parse(args[0])));
foreach (var (name, cost) in costs)
    Console.WriteLine($"{name,-24} {cost.NsPerOp,12:F1} ns {cost.BytesPerOp,10:F0} B");
Console.WriteLine(await Renewal.MeasureAsync());
