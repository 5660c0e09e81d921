global using System.Net.Http.Headers;
