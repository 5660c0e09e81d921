using CognitoM2M.Http;

namespace CognitoM2M.Tests.Http;

public sealed class ResolvedHostsTests
{
    [Fact]
    public void Host_is_compared_with_its_port_and_without_its_path()
    {
        var hosts = new ResolvedHosts();

        hosts.Add(new Uri("http://10.0.0.3:8080/orders"));

        Assert.True(hosts.Contains(new Uri("http://10.0.0.3:8080/")));
        Assert.False(hosts.Contains(new Uri("http://10.0.0.3:8081/orders")));
        Assert.False(hosts.Contains(new Uri("http://10.0.0.4:8080/orders")));
    }

    [Fact]
    public void Memory_is_bounded()
    {
        var hosts = new ResolvedHosts();

        for (var port = 1; port <= 1_001; port++)
            hosts.Add(new Uri($"http://10.0.0.3:{port}/"));

        Assert.True(hosts.Contains(new Uri("http://10.0.0.3:1/")));
        Assert.True(hosts.Contains(new Uri("http://10.0.0.3:1000/")));
        Assert.False(hosts.Contains(new Uri("http://10.0.0.3:1001/")));
    }
}
